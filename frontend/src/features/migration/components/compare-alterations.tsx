import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { FindingKind } from '@/components/finding-kind';
import { Panel } from '@/components/panel';
import type { Report } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';
import { Change } from './change';
import { alterationsOf, type ChangePair } from './differences';

/** What one run altered or refused and the other did not, or not as often. */
export function CompareAlterations({ a, b }: { a: Report; b: Report }) {
  const { t } = useTranslation(['migration', 'common']);
  const format = useFormat();
  const number = (value: number | undefined) => format.number(value ?? 0);
  const rows = alterationsOf(a, b);
  const columns: Column<ChangePair>[] = [
    { id: 'column', header: t('common:alterations.column'), cell: ({ place }) => <code dir="ltr">{place}</code> },
    { id: 'kind', header: t('common:alterations.kind'), cell: ({ kind }) => <FindingKind kind={kind} /> },
    {
      id: 'what',
      header: t('common:alterations.rule'),
      wide: true,
      cell: ({ what }) => <span dir="auto">{what}</span>,
    },
    { id: 'a', header: t('compare.a'), end: true, cell: (row) => number(row.a) },
    { id: 'b', header: t('compare.b'), end: true, cell: (row) => number(row.b) },
    {
      id: 'change',
      header: t('compare.change'),
      end: true,
      wide: true,
      cell: (row) => <Change a={row.a ?? 0} b={row.b ?? 0} />,
    },
  ];
  return (
    <Panel title={t('compare.alterations')} flush>
      {rows.length === 0 ? (
        <Empty>{t('compare.alterationsSame')}</Empty>
      ) : (
        <DataTable
          label={t('compare.alterations')}
          columns={columns}
          rows={rows}
          rowKey={({ place, what, kind }) => `${place} ${what} ${kind}`}
        />
      )}
    </Panel>
  );
}
