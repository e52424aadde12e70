import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Rate = Schema<'RateView'>;
const MINUTES = 60;

/** Tasks of the last hour, as the server counted them. */
export function Throughput() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const query = $api.useQuery('get', '/api/v1/monitor/rates', { params: { query: { minutes: MINUTES } } });
  const columns: Column<Rate>[] = [
    {
      id: 'kind',
      header: t('rates.kind'),
      cell: ({ kind, state }) =>
        `${t(`rates.kinds.${kind}`, { defaultValue: kind })} · ${t(`rates.states.${state}`, { defaultValue: state })}`,
    },
    { id: 'count', header: t('rates.count'), end: true, cell: ({ count }) => format.number(count) },
    {
      id: 'mean',
      header: t('rates.mean'),
      end: true,
      cell: ({ mean_seconds }) => (mean_seconds > 0 ? format.duration(mean_seconds) : '–'),
    },
  ];
  return (
    <Panel title={t('rates.title')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('rates.empty')}</Empty>
          ) : (
            <DataTable
              label={t('rates.title')}
              columns={columns}
              rows={items}
              rowKey={(row) => `${row.kind} ${row.state}`}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
