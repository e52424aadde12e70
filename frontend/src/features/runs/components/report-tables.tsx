import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import { alteredTotal, type Report, type TableReport } from '@/lib/api/report';

const LOOKS: Record<TableReport['verified'], Look> = { match: 'good', mismatch: 'bad', skipped: 'off' };

/** Table by table: rows, and the digests of both sides. */
export function ReportTables({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const number = (
    id: 'rows_read' | 'rows_written' | 'rows_quarantined' | 'rows_filtered',
    header: string,
    wide = false,
  ): Column<TableReport> => ({
    id,
    header,
    end: true,
    wide,
    cell: (table) => format.number(table[id]),
  });
  const columns: Column<TableReport>[] = [
    {
      id: 'table',
      header: t('table'),
      cell: ({ source, target }) => <code dir="ltr">{source === target ? source : `${source} → ${target}`}</code>,
    },
    number('rows_read', t('report.read')),
    number('rows_written', t('report.written')),
    number('rows_quarantined', t('report.quarantined'), true),
    number('rows_filtered', t('report.filtered'), true),
    {
      id: 'altered',
      header: t('report.altered'),
      end: true,
      wide: true,
      cell: (table) => format.number(alteredTotal(table)),
    },
    {
      id: 'digest',
      header: t('report.digest'),
      wide: true,
      cell: ({ source_digest, target_digest }) => (
        <code dir="ltr" title={`${source_digest}\n${target_digest}`}>
          {source_digest.slice(0, 12) || '–'}
        </code>
      ),
    },
    {
      id: 'verified',
      header: t('report.verified'),
      cell: ({ verified }) => <Status look={LOOKS[verified]}>{t(`verified.${verified}`)}</Status>,
    },
  ];
  return (
    <Panel title={t('tables')} flush>
      <DataTable
        label={t('tables')}
        columns={columns}
        rows={report.tables}
        rowKey={(row) => `${row.source} ${row.target}`}
      />
    </Panel>
  );
}
