import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import type { TargetConversion } from '../data/assessment';

type Mapping = TargetConversion['types'][number];

/** Which type becomes which. */
export function ConversionTypes({ types }: { types: readonly Mapping[] }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Mapping>[] = [
    { id: 'from', header: t('types.from'), cell: ({ from }) => <code>{from}</code> },
    { id: 'to', header: t('types.to'), cell: ({ to }) => <code>{to}</code> },
    {
      id: 'changes',
      header: t('types.changes'),
      wide: true,
      cell: ({ changes, note }) => (
        <Status look={changes ? 'info' : 'good'}>{note || (changes ? t('types.changed') : t('types.same'))}</Status>
      ),
    },
    { id: 'columns', header: t('figure.columns'), end: true, cell: ({ columns: count }) => format.number(count) },
  ];
  return (
    <Panel title={t('types.title')} flush>
      <DataTable label={t('types.title')} columns={columns} rows={types} rowKey={({ from, to }) => `${from} ${to}`} />
    </Panel>
  );
}
