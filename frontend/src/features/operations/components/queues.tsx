import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Queue = Schema<'QueueView'>;
const EVERY_MS = 5000;

/** What waits for workers. */
export function Queues() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const query = $api.useQuery('get', '/api/v1/monitor/queues', {}, { refetchInterval: EVERY_MS });
  const number = (id: 'waiting' | 'delivered' | 'dead'): Column<Queue> => ({
    id,
    header: t(`queues.${id}`),
    end: true,
    cell: (row) => format.number(row[id]),
  });
  const columns: Column<Queue>[] = [
    { id: 'name', header: t('queues.name'), cell: ({ name }) => <code>{name}</code> },
    number('waiting'),
    number('delivered'),
    number('dead'),
  ];
  return (
    <Panel title={t('queues.title')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('queues.empty')}</Empty>
          ) : (
            <DataTable label={t('queues.title')} columns={columns} rows={items} rowKey={(row) => row.name} />
          )
        }
      </Loaded>
    </Panel>
  );
}
