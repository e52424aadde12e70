import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

type Week = Schema<'ModelWeekView'>;

/** Week by week: are suggestions still taken as surely as the model says? */
export function ModelDrift() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const query = $api.useQuery('get', '/api/v1/models/drift', { params: { query: { weeks: 12 } } });
  const columns: Column<Week>[] = [
    {
      id: 'from',
      header: t('drift.week'),
      cell: ({ from }) => <time dateTime={from}>{format.dateTime(from)}</time>,
    },
    { id: 'decisions', header: t('models.decisions'), end: true, cell: ({ decisions }) => format.number(decisions) },
    {
      id: 'expected',
      header: t('drift.expected'),
      end: true,
      wide: true,
      cell: ({ expected }) => format.percent(expected),
    },
    { id: 'accepted', header: t('drift.accepted'), end: true, cell: ({ accepted }) => format.percent(accepted) },
    {
      id: 'distance',
      header: t('drift.distance'),
      end: true,
      wide: true,
      cell: ({ distance }) =>
        distance === undefined || distance === null ? '–' : format.number(Math.round(distance * 100) / 100),
    },
    {
      id: 'drifted',
      header: t('drift.verdict'),
      cell: ({ drifted }) => (
        <Status look={drifted ? 'warning' : 'good'}>{drifted ? t('drift.drifted') : t('drift.steady')}</Status>
      ),
    },
  ];
  return (
    <Panel title={t('drift.title')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('drift.empty')}</Empty>
          ) : (
            <DataTable label={t('drift.title')} columns={columns} rows={items} rowKey={({ from }) => from} />
          )
        }
      </Loaded>
    </Panel>
  );
}
