import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Lines } from '@/components/loaded';
import type { PlanColumn, PlanTable } from '../plan/model';
import { findingsOf, sourcesOf, type Sample } from '../plan/sample';
import { SampleCell } from './sample-cell';
import { useTableSample } from './use-table-sample';

const MOST = 6;

/** Rows that say something about the column first: findings, then values that change. */
function tellingRows(sample: Sample, target: string, sources: readonly string[]) {
  const weight = (row: Sample['rows'][number]) => {
    if (findingsOf(row, target).length > 0) return 0;
    return sources.length === 1 && row.before[sources[0] ?? ''] === row.after?.[target] ? 2 : 1;
  };
  return [...sample.rows].sort((a, b) => weight(a) - weight(b)).slice(0, MOST);
}

/** What a column makes of real values: those that tell most. */
export function ColumnSample({ table, column }: { table: PlanTable; column: PlanColumn }) {
  const { t } = useTranslation('transformation');
  const { data, error, waiting } = useTableSample(table);
  const sources = data ? sourcesOf(data, table, column.target) : [];
  return (
    <Box component="section" aria-label={t('sample.ofColumn', { name: column.target })}>
      <Box sx={{ fontWeight: 550 }}>{t('sample.title')}</Box>
      {error ? (
        <ErrorNote error={error} />
      ) : !data ? (
        <Lines count={2} />
      ) : (
        <Box
          aria-busy={waiting}
          tabIndex={0}
          role="group"
          aria-label={t('sample.ofColumn', { name: column.target })}
          sx={{ opacity: waiting ? 0.6 : 1, overflowX: 'auto' }}
        >
          {data.rows.length === 0 && <Box sx={{ color: 'text.secondary' }}>{t('sample.empty')}</Box>}
          {tellingRows(data, column.target, sources).map((row, at) => (
            <SampleCell key={at} row={row} target={column.target} sources={sources} />
          ))}
        </Box>
      )}
    </Box>
  );
}
