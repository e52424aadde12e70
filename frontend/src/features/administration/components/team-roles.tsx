import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useGrants, useProjects } from '../lib/whole-list';

type Team = Schema<'TeamView'>;
type Grant = Schema<'GrantView'>;
const GRANTS = ['get', '/api/v1/grants'];

function Give({ team }: { team: Team }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const projects = useProjects();
  const roles = $api.useQuery('get', '/api/v1/roles');
  const [project_id, setProject] = useState('');
  const [role_id, setRole] = useState('');
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/grants', {
    onSuccess: () => queries.invalidateQueries({ queryKey: GRANTS }),
  });
  const none = { value: '', label: t('teams.choose') };
  return (
    <Box sx={{ p: 4 }}>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <SelectField
          inline
          label={t('teams.project')}
          value={project_id}
          onChange={setProject}
          options={[none, ...(projects.data ?? []).map(({ project_id: value, name }) => ({ value, label: name }))]}
        />
        <SelectField
          inline
          label={t('teams.role')}
          value={role_id}
          onChange={setRole}
          options={[none, ...(roles.data?.items ?? []).map(({ role_id: value, name }) => ({ value, label: name }))]}
        />
        <Button
          variant="outlined"
          disabled={!project_id || !role_id}
          loading={isPending}
          onClick={() => {
            mutate({ body: { project_id, role_id, subject_kind: 'team', subject_id: team.team_id } });
          }}
        >
          {t('add')}
        </Button>
      </Box>
      <ErrorNote error={error} />
    </Box>
  );
}

/** Which role a team has in which project. */
export function TeamRoles({ team }: { team: Team }) {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('roles.write');
  const queries = useQueryClient();
  const grants = useGrants();
  const projects = useProjects();
  const roles = $api.useQuery('get', '/api/v1/roles');
  const take = $api.useMutation('delete', '/api/v1/grants/{grant_id}', {
    onSettled: () => queries.invalidateQueries({ queryKey: GRANTS }),
  });
  const projectOf = (id: string) => projects.data?.find(({ project_id }) => project_id === id)?.name ?? id;
  const roleOf = (id: string) => roles.data?.items.find(({ role_id }) => role_id === id)?.name ?? id;
  const columns: Column<Grant>[] = [
    {
      id: 'project',
      header: t('teams.project'),
      cell: ({ project_id }) => (
        <Link to={`/projects/${project_id}`}>
          <bdi>{projectOf(project_id)}</bdi>
        </Link>
      ),
    },
    { id: 'role', header: t('teams.role'), cell: ({ role_id }) => <bdi>{roleOf(role_id)}</bdi> },
    ...(mayWrite
      ? [
          {
            id: 'take',
            header: '',
            end: true,
            cell: ({ grant_id, project_id }: Grant) => (
              <Button
                size="small"
                color="error"
                aria-label={t('teams.takeRole', { project: projectOf(project_id) })}
                onClick={() => {
                  take.mutate({ params: { path: { grant_id } } });
                }}
              >
                {t('remove')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel title={t('teams.roles')} flush>
      <ErrorNote error={take.error} />
      <Loaded query={grants}>
        {(all) => {
          const own = all.filter((each) => each.subject_kind === 'team' && each.subject_id === team.team_id);
          if (own.length === 0) return <Empty>{t('teams.noRoles')}</Empty>;
          return <DataTable label={t('teams.roles')} columns={columns} rows={own} rowKey={(row) => row.grant_id} />;
        }}
      </Loaded>
      {mayWrite && <Give team={team} />}
    </Panel>
  );
}
