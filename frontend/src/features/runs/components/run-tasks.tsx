import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Task = Schema<'TaskView'>;
const LOOKS: Record<string, Look> = {
  ready: 'waiting',
  claimed: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'off',
};

/** Who works or worked at the run. */
export function RunTasks({ runId }: { runId: string }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}/tasks', { params: { path: { run_id: runId } } });
  const number = (value: number | null | undefined) =>
    value === undefined || value === null ? '–' : format.number(value);
  const columns: Column<Task>[] = [
    { id: 'kind', header: t('task'), cell: ({ kind }) => t(`taskKinds.${kind}`, { defaultValue: kind }) },
    {
      id: 'state',
      header: t('state'),
      cell: ({ state }) => (
        <Status look={LOOKS[state] ?? 'plain'}>{t(`taskStates.${state}`, { defaultValue: state })}</Status>
      ),
    },
    {
      id: 'worker',
      header: t('worker'),
      wide: true,
      cell: ({ worker }) => (worker ? <code dir="ltr">{worker}</code> : '–'),
    },
    { id: 'chunks', header: t('chunks'), wide: true, end: true, cell: ({ chunks }) => number(chunks) },
    { id: 'rows', header: t('rows'), end: true, wide: true, cell: ({ rows }) => number(rows) },
    { id: 'attempt', header: t('attempt'), end: true, cell: ({ attempt }) => number(attempt) },
    { id: 'at', header: t('at'), end: true, cell: ({ started_at }) => <Moment at={started_at} /> },
  ];
  return (
    <Panel title={t('tasks')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('noTasks')}</Empty>
          ) : (
            <DataTable label={t('tasks')} columns={columns} rows={items} rowKey={(row) => row.task_id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
