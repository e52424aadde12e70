import { useTranslation } from 'react-i18next';
import type { Report } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';
import { DataTable, type Column } from './data-table';
import { Panel } from './panel';
import { Status } from './status';

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
  const { t } = useTranslation('common');
  const format = useFormat();
  const rows = allOf(report);
  if (rows.length === 0) return null;
  const columns: Column<Alteration>[] = [
    {
      id: 'column',
      header: t('alterations.column'),
      cell: ({ table, column }) => <code dir="ltr">{`${table}.${column}`}</code>,
    },
    {
      id: 'kind',
      header: t('alterations.kind'),
      cell: ({ refused }) =>
        refused ? (
          <Status look="warning">{t('alterations.refused')}</Status>
        ) : (
          <Status look="undone">{t('alterations.altered')}</Status>
        ),
    },
    { id: 'what', header: t('alterations.rule'), cell: ({ what }) => <span dir="auto">{what}</span> },
    { id: 'count', header: t('alterations.count'), end: true, cell: ({ count }) => format.number(count) },
    {
      id: 'samples',
      header: t('alterations.samples'),
      wide: true,
      cell: ({ samples }) => <code dir="ltr">{samples.slice(0, 3).join(' · ')}</code>,
    },
  ];
  return (
    <Panel title={t('alterations.title')} flush>
      <DataTable
        label={t('alterations.title')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.table}.${row.column} ${row.what}`}
      />
    </Panel>
  );
}
