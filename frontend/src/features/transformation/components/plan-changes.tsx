import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { changesByTable, type PlanChange } from '../plan/changes';

const LOOKS: Record<PlanChange['kind'], Look> = { added: 'good', removed: 'bad', changed: 'undone' };

const value = (text: string) => (
  <Box component="span" className="code" dir="ltr" sx={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
    {text || '–'}
  </Box>
);

/** What differs between two plans, table by table. */
export function PlanChanges({ changes }: { changes: readonly Schema<'PlanDifferenceView'>[] }) {
  const { t } = useTranslation('transformation');
  const columns: Column<PlanChange>[] = [
    {
      id: 'where',
      header: t('changes.where'),
      cell: ({ where }) => <bdi className="code">{where.join(' ▸ ') || t('changes.whole')}</bdi>,
    },
    {
      id: 'kind',
      header: t('changes.what'),
      cell: ({ kind }) => <Status look={LOOKS[kind]}>{t(`changes.${kind}`)}</Status>,
    },
    { id: 'from', header: t('changes.from'), cell: ({ from }) => value(from) },
    { id: 'to', header: t('changes.to'), cell: ({ to }) => value(to) },
  ];
  if (changes.length === 0) return <Box sx={{ color: 'text.secondary' }}>{t('changes.none')}</Box>;
  return changesByTable(changes).map(([table, rows]) => (
    <Box key={table} sx={{ border: 1, borderColor: 'divider', borderRadius: 1, mb: 3, overflow: 'hidden' }}>
      <Box className={table ? 'code' : ''} sx={{ px: 4, py: 1.5, bgcolor: 'sunken', fontWeight: 600 }}>
        <bdi>{table || t('changes.general')}</bdi>
      </Box>
      <DataTable
        label={table || t('changes.general')}
        columns={columns}
        rows={rows}
        rowKey={({ where, kind, to }) => `${where.join('/')} ${kind} ${to}`}
      />
    </Box>
  ));
}
