import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import type { Column } from '@/components/data-table';
import { DialogButton } from '@/components/dialog-button';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { usePeople } from '../lib/whole-list';

type Team = Schema<'TeamView'>;

function useRefresh() {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/teams/{team_id}/members'] });
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/teams/{team_id}'] });
  };
}

function AddMember({ team, present }: { team: Team; present: readonly string[] }) {
  const { t } = useTranslation('administration');
  const people = usePeople();
  const [chosen, setChosen] = useState('');
  const refresh = useRefresh();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/teams/{team_id}/members', {
    onSuccess: async () => {
      setChosen('');
      await refresh();
    },
  });
  const others = (people.data ?? []).filter(({ user_id, state }) => state === 'active' && !present.includes(user_id));
  const options = others.map(({ user_id, name, email }) => ({ value: user_id, label: `${name} (${email})` }));
  return (
    <Box sx={{ p: 4 }}>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <SelectField
          inline
          label={t('teams.add')}
          value={chosen}
          onChange={setChosen}
          options={[{ value: '', label: t('teams.choose') }, ...options]}
        />
        <Button
          variant="outlined"
          disabled={!chosen}
          loading={isPending}
          onClick={() => {
            mutate({ params: { path: { team_id: team.team_id } }, body: { user_id: chosen } });
          }}
        >
          {t('add')}
        </Button>
      </Box>
      <ErrorNote error={error} />
    </Box>
  );
}

function TakeOut({ team, user, onClose }: { team: Team; user: { id: string; name: string }; onClose: () => void }) {
  const { t } = useTranslation('administration');
  const refresh = useRefresh();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/teams/{team_id}/members/{user_id}', {
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('teams.takeOutName', { name: user.name })}
      action={t('teams.takeOut')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { team_id: team.team_id, user_id: user.id } } });
      }}
      onClose={onClose}
    >
      {t('teams.takeOutText', { name: user.name, team: team.name })}
    </ConfirmDialog>
  );
}

/** Who is in a team. */
export function TeamMembers({ team }: { team: Team }) {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('users.write');
  const people = usePeople();
  const path = { team_id: team.team_id };
  const query = $api.useInfiniteQuery('get', '/api/v1/teams/{team_id}/members', { params: { path } }, byCursor);
  const find = (id: string) => people.data?.find(({ user_id }) => user_id === id);
  const nameOf = (id: string) => find(id)?.name ?? id;
  const columns: Column<Schema<'TeamMemberView'>>[] = [
    { id: 'name', header: t('users.name'), cell: ({ user_id }) => <bdi>{nameOf(user_id)}</bdi> },
    { id: 'email', header: t('users.email'), wide: true, cell: ({ user_id }) => <bdi>{find(user_id)?.email}</bdi> },
    ...(mayWrite
      ? [
          {
            id: 'out',
            header: '',
            end: true,
            cell: ({ user_id }: Schema<'TeamMemberView'>) => (
              <DialogButton
                size="small"
                color="error"
                aria-label={t('teams.takeOutName', { name: nameOf(user_id) })}
                dialog={(close) => (
                  <TakeOut team={team} user={{ id: user_id, name: nameOf(user_id) }} onClose={close} />
                )}
              >
                {t('teams.takeOut')}
              </DialogButton>
            ),
          },
        ]
      : []),
  ];
  return (
    <Panel title={t('teams.members')} flush>
      <PagedTable
        label={t('teams.members')}
        columns={columns}
        query={query}
        rowKey={(row) => row.user_id}
        empty={<Empty>{t('teams.nobody')}</Empty>}
      />
      {mayWrite && <AddMember team={team} present={itemsOf(query.data).map(({ user_id }) => user_id)} />}
    </Panel>
  );
}
