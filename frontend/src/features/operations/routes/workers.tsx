import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { OperationsPage } from '../components/operations-page';
import { Queues } from '../components/queues';

type Worker = Schema<'WorkerView'>;
const EVERY_MS = 5000;
const LOOKS: Record<string, Look> = { active: 'good', draining: 'paused', gone: 'bad' };

function Drain({ worker }: { worker: Worker }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/monitor/workers/{worker_id}/drain', {
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/monitor/workers'] }),
  });
  const drain = worker.state === 'active';
  return (
    <>
      <Button
        size="small"
        loading={isPending}
        aria-label={`${drain ? t('workers.drain') : t('workers.undrain')}: ${worker.worker_id}`}
        onClick={() => {
          mutate({ params: { path: { worker_id: worker.worker_id } }, body: { drain } });
        }}
      >
        {drain ? t('workers.drain') : t('workers.undrain')}
      </Button>
      <ErrorNote error={error} />
    </>
  );
}

export default function Workers() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const mayDrain = useMay()('monitor.write');
  const query = $api.useQuery('get', '/api/v1/monitor/workers', {}, { refetchInterval: EVERY_MS });
  const columns: Column<Worker>[] = [
    { id: 'worker', header: t('workers.worker'), cell: ({ worker_id }) => <code dir="ltr">{worker_id}</code> },
    {
      id: 'state',
      header: t('workers.state'),
      cell: ({ state }) => (
        <Status look={LOOKS[state] ?? 'plain'}>{t(`workers.states.${state}`, { defaultValue: state })}</Status>
      ),
    },
    { id: 'slots', header: t('workers.slots'), end: true, wide: true, cell: ({ slots }) => format.number(slots) },
    {
      id: 'doing',
      header: t('workers.doing'),
      wide: true,
      cell: ({ doing, worker_id }) =>
        doing.length === 0 ? (
          '–'
        ) : (
          <Link to={`/operations/tasks?state=claimed&worker=${encodeURIComponent(worker_id)}`}>
            {t('workers.tasks', { count: doing.length })}
          </Link>
        ),
    },
    { id: 'seen', header: t('workers.seen'), end: true, wide: true, cell: ({ seen_at }) => <Moment at={seen_at} /> },
    ...(mayDrain
      ? [
          {
            id: 'drain',
            header: '',
            end: true,
            cell: (worker: Worker) => worker.state !== 'gone' && <Drain worker={worker} />,
          },
        ]
      : []),
  ];
  return (
    <OperationsPage title={t('workers.title')}>
      <Panel flush>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('workers.empty')}</Empty>
            ) : (
              <DataTable label={t('workers.title')} columns={columns} rows={items} rowKey={(row) => row.worker_id} />
            )
          }
        </Loaded>
      </Panel>
      <Queues />
    </OperationsPage>
  );
}
