import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AddMember } from './add-member';
import { RemoveMember } from './remove-member';
import { useRoles } from './use-roles';

type Member = Schema<'MemberView'>;

/** Who has a role in this project alone; roles of the tenant come on top. */
export function Members({ projectId }: { projectId: string }) {
  const { t } = useTranslation('projects');
  const mayChange = useMay()('projects.admin');
  const roles = useRoles();
  const [adding, setAdding] = useState(false);
  const [removed, setRemoved] = useState<Member>();
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}/members', {
    params: { path: { project_id: projectId } },
  });
  const columns: Column<Member>[] = [
    { id: 'name', header: t('members.name'), cell: ({ name, email }) => <bdi title={email}>{name}</bdi> },
    { id: 'kind', header: t('members.kind'), cell: ({ kind }) => t(`members.kinds.${kind}`) },
    { id: 'role', header: t('members.role'), cell: ({ role }) => <bdi>{roles.nameOf(role)}</bdi> },
    ...(mayChange
      ? [
          {
            id: 'remove',
            header: '',
            end: true,
            cell: (member: Member) => (
              <Button
                size="small"
                aria-label={t('members.removeName', { name: member.name })}
                onClick={() => {
                  setRemoved(member);
                }}
              >
                {t('members.remove')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel
      title={t('members.title')}
      flush
      actions={
        mayChange && (
          <Button
            size="small"
            onClick={() => {
              setAdding(true);
            }}
          >
            {t('members.add')}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('members.empty')}</Empty>
          ) : (
            <DataTable label={t('members.title')} columns={columns} rows={items} rowKey={(row) => row.grant_id} />
          )
        }
      </Loaded>
      {adding && (
        <AddMember
          projectId={projectId}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {removed && (
        <RemoveMember
          projectId={projectId}
          member={removed}
          onClose={() => {
            setRemoved(undefined);
          }}
        />
      )}
    </Panel>
  );
}
