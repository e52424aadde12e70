import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { useGrants, useProjects } from '../lib/whole-list';
import { Based } from './based';
import { Consequences } from './consequences';
import { RenameDialog } from './rename-dialog';

type Team = Schema<'TeamView'>;
interface Props {
  team: Team;
  onClose: () => void;
}

export function NewTeam({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/teams', {
    onSuccess: async ({ team_id }) => {
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/teams'] });
      await navigate(`/administration/teams/${team_id}`);
    },
  });
  const { bind, values } = useFields({ name: '' }, { error });
  return (
    <ConfirmDialog
      title={t('teams.new')}
      action={t('make')}
      busy={isPending}
      error={error}
      disabled={!values.name.trim()}
      onConfirm={() => {
        mutate({ body: { name: values.name.trim() } });
      }}
      onClose={onClose}
    >
      <Field label={t('teams.name')} autoComplete="off" autoFocus {...bind('name')} />
    </ConfirmDialog>
  );
}

const loadTeam = async (team_id: string) =>
  (await client.GET('/api/v1/teams/{team_id}', { params: { path: { team_id } } })).data;

function RenameForm({ team, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const saving = $api.useMutation('patch', '/api/v1/teams/{team_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/teams/{team_id}'] });
    },
  });
  return (
    <RenameDialog
      title={t('teams.rename')}
      label={t('teams.name')}
      now={team.name}
      saving={saving}
      reload={reload}
      onSave={(name) => {
        const params = { path: { team_id: team.team_id }, header: ifMatch(team.version) };
        saving.mutate({ params, body: { name } });
      }}
      onClose={onClose}
    />
  );
}

export function RenameTeam({ team, onClose }: Props) {
  return (
    <Based row={team} load={() => loadTeam(team.team_id)}>
      {(base, reload) => <RenameForm team={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}

export function RemoveTeam({ team, onClose }: Props) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const grants = useGrants();
  const projects = useProjects();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/teams/{team_id}', {
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/teams'] });
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/grants'] });
      await navigate('/administration/teams');
    },
  });
  const nameOf = (id: string) => projects.data?.find(({ project_id }) => project_id === id)?.name ?? id;
  return (
    <ConfirmDialog
      dangerous
      title={t('teams.removeName', { name: team.name })}
      action={t('remove')}
      busy={isPending}
      error={error}
      disabled={!grants.data}
      onConfirm={() => {
        mutate({ params: { path: { team_id: team.team_id }, header: ifMatch(team.version) } });
      }}
      onClose={onClose}
    >
      <Consequences query={grants}>
        {(all) => [
          t('teams.willLeave', { count: team.members }),
          ...all
            .filter(({ subject_id, subject_kind }) => subject_kind === 'team' && subject_id === team.team_id)
            .map(({ project_id, role_id }) => t('teams.willLose', { project: nameOf(project_id), role: role_id })),
        ]}
      </Consequences>
    </ConfirmDialog>
  );
}
