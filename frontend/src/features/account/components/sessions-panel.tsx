import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { ErrorNote } from '@/components/error-note';
import { ErrorPanel } from '@/components/error-panel';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, client, type Schema } from '@/lib/api/client';
import { useMutation } from '@tanstack/react-query';

type Session = Schema<'SessionView'>;
const KEY = ['get', '/api/v1/auth/sessions'] as const;

const endSession = (session_id: string) =>
  client.DELETE('/api/v1/auth/sessions/{session_id}', { params: { path: { session_id } } });

/** "Chrome on Linux" out of the browser's long name for itself. */
export function shortAgent(agent: string) {
  const browser =
    /(Edg|OPR|Firefox|Chrome|Safari|curl|migrateiq)[^/]*\//.exec(agent)?.[1] ?? agent.split(/[/ ]/)[0] ?? '';
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser;
  return system ? `${name} · ${system}` : name;
}

export function SessionsPanel() {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const query = $api.useQuery('get', '/api/v1/auth/sessions');
  const ending = useMutation({
    mutationFn: async (ids: string[]) => {
      for (const id of ids) await endSession(id);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const others = query.data?.items.filter(({ current }) => !current).map(({ session_id }) => session_id) ?? [];
  const columns: Column<Session>[] = [
    { id: 'agent', header: t('sessions.agent'), cell: ({ agent }) => <span title={agent}>{shortAgent(agent)}</span> },
    { id: 'address', header: t('sessions.address'), wide: true, cell: ({ address }) => <code>{address}</code> },
    { id: 'used', header: t('sessions.used'), cell: ({ used_at }) => <Moment at={used_at} /> },
    { id: 'since', header: t('sessions.since'), wide: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      id: 'end',
      header: '',
      end: true,
      cell: ({ current, session_id, agent }) =>
        current ? (
          <Status look="good">{t('sessions.current')}</Status>
        ) : (
          <Button
            size="small"
            aria-label={t('sessions.endOne', { agent: shortAgent(agent) })}
            onClick={() => {
              ending.mutate([session_id]);
            }}
          >
            {t('sessions.end')}
          </Button>
        ),
    },
  ];
  return (
    <Panel
      flush
      title={t('sessions.title')}
      actions={
        others.length > 0 && (
          <Button
            color="error"
            loading={ending.isPending}
            onClick={() => {
              ending.mutate(others);
            }}
          >
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <ErrorNote error={ending.error} />
      {query.error && !query.data ? (
        <ErrorPanel error={query.error} retry={query.refetch} />
      ) : (
        <DataTable
          label={t('sessions.title')}
          columns={columns}
          rows={query.data?.items}
          rowKey={(row) => row.session_id}
          expected={2}
        />
      )}
    </Panel>
  );
}
