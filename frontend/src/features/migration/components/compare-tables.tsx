import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { alteredTotal, type Report, type TableReport } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';
import { Change } from './change';
import { tablesOf, type TablePair } from './differences';

type Row = TablePair & { same: boolean };

/** Table by table: rows, alterations, whether the same arrived. */
export function CompareTables({ a, b }: { a: Report; b: Report }) {
  const { t } = useTranslation('migration');
  const format = useFormat();
  const number = (table: TableReport | undefined, count: (table: TableReport) => number) =>
    table ? format.number(count(table)) : '–';
  const columns: Column<Row>[] = [
    { id: 'table', header: t('table'), cell: ({ table }) => <code dir="ltr">{table}</code> },
    {
      id: 'same',
      header: t('compare.change'),
      cell: (row) => {
        if (!row.a) return <Status look="info">{t('compare.onlyB')}</Status>;
        if (!row.b) return <Status look="info">{t('compare.onlyA')}</Status>;
        return row.same ? (
          <Status look="good">{t('compare.same')}</Status>
        ) : (
          <Status look="warning">{t('compare.differs')}</Status>
        );
      },
    },
    { id: 'a', header: t('compare.rowsA'), end: true, cell: (row) => number(row.a, (table) => table.rows_written) },
    { id: 'b', header: t('compare.rowsB'), end: true, cell: (row) => number(row.b, (table) => table.rows_written) },
    {
      id: 'change',
      header: t('compare.rowsChange'),
      end: true,
      wide: true,
      cell: (row) => <Change a={row.a?.rows_written} b={row.b?.rows_written} />,
    },
    {
      id: 'alteredA',
      header: t('compare.alteredA'),
      end: true,
      wide: true,
      cell: (row) => number(row.a, alteredTotal),
    },
    {
      id: 'alteredB',
      header: t('compare.alteredB'),
      end: true,
      wide: true,
      cell: (row) => number(row.b, alteredTotal),
    },
  ];
  return (
    <Panel title={t('compare.tables')} flush>
      <DataTable label={t('compare.tables')} columns={columns} rows={tablesOf(a, b)} rowKey={({ table }) => table} />
    </Panel>
  );
}
