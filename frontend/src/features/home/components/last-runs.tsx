import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { RunStateLabel } from '@/components/run-state';
import { $api, type Schema } from '@/lib/api/client';
import { isProgress } from '@/lib/api/progress';
import { useFormat } from '@/lib/format/use-format';

type Run = Schema<'RunView'>;
const MOST = 10;

/** How the last runs came out. */
export function LastRuns() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const query = $api.useQuery('get', '/api/v1/runs', { params: { query: { limit: MOST } } });
  const columns: Column<Run>[] = [
    {
      id: 'name',
      header: t('last.name'),
      cell: ({ name, run_id }) => <Link to={`/runs/${run_id}`}>{name || run_id}</Link>,
    },
    { id: 'state', header: t('last.state'), cell: (run) => <RunStateLabel run={run} /> },
    {
      id: 'rows',
      header: t('last.rows'),
      end: true,
      wide: true,
      cell: ({ progress }) => (isProgress(progress) ? format.number(progress.rows_done) : '–'),
    },
    {
      id: 'rejected',
      header: t('last.rejected'),
      end: true,
      wide: true,
      cell: ({ progress }) => (isProgress(progress) ? format.number(progress.rows_rejected) : '–'),
    },
    { id: 'at', header: t('last.at'), end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
  return (
    <Panel title={t('last.title')} flush actions={<Link to="/runs">{t('last.all')}</Link>}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('last.empty')}</Empty>
          ) : (
            <DataTable label={t('last.title')} columns={columns} rows={items} rowKey={(row) => row.run_id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
