import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Report } from '@/lib/api/report';
import { Change } from './change';
import { figuresOf, type Figure } from './differences';

interface Row {
  figure: Figure;
  a: number;
  b: number;
}

/** The runs as a whole, side by side. */
export function CompareFigures({ a, b }: { a: Report; b: Report }) {
  const { t } = useTranslation('migration');
  const format = useFormat();
  const say = (figure: Figure, value: number) => {
    if (figure === 'bytes') return format.bytes(value);
    return figure === 'seconds' ? format.duration(value) : format.number(value);
  };
  const columns: Column<Row>[] = [
    { id: 'figure', header: t('compare.figure'), cell: ({ figure }) => t(`figures.${figure}`) },
    { id: 'a', header: t('compare.a'), end: true, cell: (row) => say(row.figure, row.a) },
    { id: 'b', header: t('compare.b'), end: true, cell: (row) => say(row.figure, row.b) },
    {
      id: 'change',
      header: t('compare.change'),
      end: true,
      cell: (row) => <Change a={row.a} b={row.b} countable={row.figure !== 'bytes' && row.figure !== 'seconds'} />,
    },
  ];
  return (
    <Panel title={t('compare.figures')} flush>
      <DataTable
        label={t('compare.figures')}
        columns={columns}
        rows={figuresOf(a, b)}
        rowKey={({ figure }) => figure}
      />
    </Panel>
  );
}
