import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import type { ObjectReport, Report } from '@/lib/api/report';

const LOOKS: Record<ObjectReport['status'], Look> = {
  created: 'good',
  skipped: 'off',
  failed: 'bad',
  manual: 'warning',
};
const ORDER = ['failed', 'manual', 'skipped', 'created'];

/** Tables, indexes, views ...: what was made, and what remains for people. */
export function ManualObjects({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  const rows = report.objects.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  if (rows.length === 0) return null;
  const columns: Column<ObjectReport>[] = [
    {
      id: 'name',
      header: t('object'),
      cell: ({ name, source }) => (
        <code dir="ltr" title={source}>
          {name}
        </code>
      ),
    },
    { id: 'kind', header: t('kind'), cell: ({ kind }) => t(`objectKinds.${kind}`, { defaultValue: kind }) },
    {
      id: 'status',
      header: t('state'),
      cell: ({ status }) => <Status look={LOOKS[status]}>{t(`objectStates.${status}`)}</Status>,
    },
    { id: 'why', header: t('why'), wide: true, cell: ({ why }) => <span dir="auto">{why || '–'}</span> },
  ];
  return (
    <Panel title={t('objects')} flush>
      <DataTable
        label={t('objects')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.kind} ${row.name} ${row.why}`}
      />
    </Panel>
  );
}
