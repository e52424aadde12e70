import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, client, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { AdministrationPage } from '../components/administration-page';
import { InviteDialog } from '../components/invite-dialog';

type Invitation = Schema<'InvitationView'>;

/** Who was invited and has not come yet. */
export default function Invitations() {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('users.write');
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const query = $api.useInfiniteQuery('get', '/api/v1/invitations', {}, byCursor);
  const revoke = useMutation({
    mutationFn: (invitation_id: string) =>
      client.DELETE('/api/v1/invitations/{invitation_id}', { params: { path: { invitation_id } } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/invitations'] }),
  });
  const columns: Column<Invitation>[] = [
    { id: 'email', header: t('users.email'), cell: ({ email }) => <bdi>{email}</bdi> },
    { id: 'roles', header: t('users.roles'), wide: true, cell: ({ roles }) => roles.join(', ') || '–' },
    {
      id: 'expires',
      header: t('invitations.expires'),
      end: true,
      cell: ({ expires_at }) => <Moment at={expires_at} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'revoke',
            header: '',
            end: true,
            cell: ({ invitation_id, email }: Invitation) => (
              <Button
                size="small"
                color="error"
                aria-label={t('invitations.revokeFor', { email })}
                onClick={() => {
                  revoke.mutate(invitation_id);
                }}
              >
                {t('invitations.revoke')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  const invite = mayWrite && (
    <Button
      variant="contained"
      onClick={() => {
        setInviting(true);
      }}
    >
      {t('invitations.invite')}
    </Button>
  );
  return (
    <AdministrationPage title={t('invitations.title')} actions={invite}>
      <Panel flush>
        <ErrorNote error={revoke.error} />
        <PagedTable
          label={t('invitations.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.invitation_id}
          empty={<Empty>{t('invitations.empty')}</Empty>}
        />
      </Panel>
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
          }}
        />
      )}
    </AdministrationPage>
  );
}
