import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Filter, useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, client, once, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { OperationsPage } from '../components/operations-page';

type Task = Schema<'MonitoredTask'>;
const STATES: Schema<'TaskState'>[] = ['ready', 'claimed', 'done', 'failed', 'cancelled'];
const LOOKS: Record<string, Look> = {
  ready: 'waiting',
  claimed: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'off',
};
const PATHS = {
  retry: '/api/v1/monitor/tasks/{task_id}/retry',
  revoke: '/api/v1/monitor/tasks/{task_id}/revoke',
} as const;
const OFFERED: Record<string, keyof typeof PATHS> = { failed: 'retry', ready: 'revoke', claimed: 'revoke' };

function Act({ task }: { task: Task }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const offered = OFFERED[task.state];
  const { mutate, isPending, error } = useMutation({
    mutationFn: (action: keyof typeof PATHS) =>
      client.POST(PATHS[action], { params: { path: { task_id: task.task_id }, header: once() } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/monitor/tasks'] }),
  });
  if (!offered) return null;
  return (
    <>
      <Button
        size="small"
        color={offered === 'revoke' ? 'error' : 'primary'}
        loading={isPending}
        aria-label={`${t(`tasks.${offered}`)}: ${task.run_id}`}
        onClick={() => {
          mutate(offered);
        }}
      >
        {t(`tasks.${offered}`)}
      </Button>
      <ErrorNote error={error} />
    </>
  );
}

export default function Tasks() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const mayAct = useMay()('monitor.write');
  const { values, set } = useFilters(['state', 'worker']);
  const filter = {
    ...(values.state && { state: values.state as Schema<'TaskState'> }),
    ...(values.worker && { worker: values.worker }),
  };
  const query = $api.useInfiniteQuery('get', '/api/v1/monitor/tasks', { params: { query: filter } }, byCursor);
  const columns: Column<Task>[] = [
    { id: 'kind', header: t('tasks.kind'), cell: ({ kind }) => t(`tasks.kinds.${kind}`, { defaultValue: kind }) },
    {
      id: 'run',
      header: t('tasks.run'),
      cell: ({ run_id }) => (
        <Link to={`/runs/${run_id}`}>
          <bdi dir="ltr">{run_id}</bdi>
        </Link>
      ),
    },
    {
      id: 'state',
      header: t('tasks.state'),
      cell: ({ state }) => (
        <Status look={LOOKS[state] ?? 'plain'}>{t(`tasks.states.${state}`, { defaultValue: state })}</Status>
      ),
    },
    {
      id: 'worker',
      header: t('tasks.worker'),
      wide: true,
      cell: ({ worker }) => (worker ? <code dir="ltr">{worker}</code> : '–'),
    },
    { id: 'attempt', header: t('tasks.attempt'), wide: true, end: true, cell: ({ attempt }) => format.number(attempt) },
    {
      id: 'seconds',
      header: t('tasks.seconds'),
      wide: true,
      end: true,
      cell: ({ seconds }) => (seconds === undefined || seconds === null ? '–' : format.duration(seconds)),
    },
    { id: 'at', header: t('tasks.at'), end: true, wide: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    ...(mayAct ? [{ id: 'act', header: '', end: true, cell: (task: Task) => <Act task={task} /> }] : []),
  ];
  const states = [
    { value: '', label: t('tasks.any') },
    ...STATES.map((value) => ({ value, label: t(`tasks.states.${value}`) })),
  ];
  return (
    <OperationsPage title={t('tasks.title')}>
      <div>
        <Filter
          choices={[
            {
              name: 'state',
              label: t('tasks.state'),
              value: values.state,
              onChange: (state) => {
                set({ state });
              },
              options: states,
            },
            // Comes from a worker's own line.
            ...(values.worker
              ? [
                  {
                    name: 'worker',
                    label: t('tasks.worker'),
                    value: values.worker,
                    onChange: (worker: string) => {
                      set({ worker });
                    },
                    options: [
                      { value: values.worker, label: values.worker },
                      { value: '', label: t('tasks.any') },
                    ],
                  },
                ]
              : []),
          ]}
        />
        <Panel flush>
          <PagedTable
            label={t('tasks.title')}
            columns={columns}
            query={query}
            rowKey={(row) => row.task_id}
            empty={<Empty>{values.state || values.worker ? t('tasks.nothingFound') : t('tasks.empty')}</Empty>}
          />
        </Panel>
      </div>
    </OperationsPage>
  );
}
