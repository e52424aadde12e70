import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import type { ConversionItem } from '../data/assessment';
import { useTo } from '../data/use-to';

/** What a run would say something about, what is left to people first. */
export function ConversionItems({ items, brief }: { items: readonly ConversionItem[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const target = useSearchParams()[0].get('target');
  const columns: Column<{ item: ConversionItem; at: number }>[] = [
    {
      id: 'status',
      header: t('conversion.how'),
      cell: ({ item }) => (
        <Status look={item.status === 'manual' ? 'warning' : 'info'}>{t(`conversion.${item.status}`)}</Status>
      ),
    },
    {
      id: 'name',
      header: t('complexity.object'),
      cell: ({ item: { kind, name } }) => (
        <Link to={to('conversion', { ...(target && { target }), item: `${kind} ${name}` })}>
          <code>{name || kind}</code>
        </Link>
      ),
    },
    {
      id: 'kind',
      header: t('inventory.kind'),
      wide: true,
      cell: ({ item: { kind } }) => t(`object.is.${kind}`, { defaultValue: kind }),
    },
    ...(brief
      ? []
      : [
          {
            id: 'why',
            header: t('conversion.why'),
            wide: true,
            cell: ({ item }: { item: ConversionItem }) => <span dir="auto">{item.why}</span>,
          },
        ]),
  ];
  return (
    <Panel title={t('conversion.items')} flush={items.length > 0}>
      {items.length === 0 ? (
        <Empty>{t('conversion.allByItself')}</Empty>
      ) : (
        <DataTable
          label={t('conversion.items')}
          columns={columns}
          rows={items.map((item, at) => ({ item, at }))}
          rowKey={({ at }) => String(at)}
        />
      )}
    </Panel>
  );
}
