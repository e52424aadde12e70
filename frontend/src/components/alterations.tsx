import { useTranslation } from 'react-i18next';
import { findingsOf, type Finding, type Report } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';
import { DataTable, type Column } from './data-table';
import { FindingKind } from './finding-kind';
import { Panel } from './panel';

/** Values that are no longer the same, and by which rule; rows that were refused, or kept with a warning, and why. */
export function Alterations({ report }: { report: Report }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const rows = findingsOf(report);
  if (rows.length === 0) return null;
  const columns: Column<Finding>[] = [
    { id: 'column', header: t('alterations.column'), cell: ({ place }) => <code dir="ltr">{place}</code> },
    { id: 'kind', header: t('alterations.kind'), cell: ({ kind }) => <FindingKind kind={kind} /> },
    { id: 'what', header: t('alterations.rule'), cell: ({ what }) => <span dir="auto">{what}</span> },
    { id: 'count', header: t('alterations.count'), end: true, cell: ({ count }) => format.number(count) },
    {
      id: 'samples',
      header: t('alterations.samples'),
      wide: true,
      cell: ({ samples }) => <code dir="ltr">{samples.filter(Boolean).slice(0, 3).join(' · ')}</code>,
    },
  ];
  return (
    <Panel title={t('alterations.title')} flush>
      <DataTable
        label={t('alterations.title')}
        columns={columns}
        rows={rows}
        rowKey={({ place, what, kind }) => `${place} ${what} ${kind}`}
      />
    </Panel>
  );
}
