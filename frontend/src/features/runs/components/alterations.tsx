import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import type { Report } from '../live/report';

interface Alteration {
  table: string;
  column: string;
  what: string;
  count: number;
  samples: string[];
  refused: boolean;
}

const allOf = (report: Report): Alteration[] =>
  report.tables.flatMap(({ target, altered, rejected }) => [
    ...altered.map(({ rule, ...rest }) => ({ ...rest, table: target, what: rule, refused: false })),
    ...rejected.map(({ reason, ...rest }) => ({ ...rest, table: target, what: reason, refused: true })),
  ]);

/** Values that are no longer the same, and by which rule; rows that were refused, and why. */
export function Alterations({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const rows = allOf(report);
  if (rows.length === 0) return null;
  const columns: Column<Alteration>[] = [
    { id: 'column', header: t('column'), cell: ({ table, column }) => <code dir="ltr">{`${table}.${column}`}</code> },
    {
      id: 'kind',
      header: t('state'),
      cell: ({ refused }) =>
        refused ? (
          <Status look="warning">{t('report.refused')}</Status>
        ) : (
          <Status look="undone">{t('report.altered')}</Status>
        ),
    },
    { id: 'what', header: t('report.rule'), cell: ({ what }) => <span dir="auto">{what}</span> },
    { id: 'count', header: t('rows'), end: true, cell: ({ count }) => format.number(count) },
    {
      id: 'samples',
      header: t('report.samples'),
      wide: true,
      cell: ({ samples }) => <code dir="ltr">{samples.slice(0, 3).join(' · ')}</code>,
    },
  ];
  return (
    <Panel title={t('report.alterations')} flush>
      <DataTable
        label={t('report.alterations')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.table}.${row.column} ${row.what}`}
      />
    </Panel>
  );
}
