import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Duration } from '../data/assessment';
import { Assumptions } from './assumptions';

type Part = Duration['parts'][number];

/** How long a run would take, by which formula, and on what that rests. */
export function DurationPanel({ duration }: { duration: Duration }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Part>[] = [
    { id: 'about', header: t('duration.part'), cell: ({ about }) => <bdi>{about}</bdi> },
    { id: 'count', header: t('effort.count'), end: true, wide: true, cell: ({ count }) => format.number(count) },
    { id: 'seconds', header: t('duration.time'), end: true, cell: ({ points }) => format.duration(points) },
  ];
  return (
    <Panel title={t('duration.title')} flush>
      <DataTable label={t('duration.title')} columns={columns} rows={duration.parts} rowKey={({ about }) => about} />
      <Box sx={{ px: 4, py: 3, borderBlockStart: '1px solid', borderColor: 'divider' }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', fontWeight: 600 }}>
          <span>{t('effort.total')}</span>
          <span>{format.duration(duration.seconds)}</span>
        </Box>
        <Box sx={{ color: 'text.secondary', textAlign: 'end' }}>
          {t('duration.range', { low: format.duration(duration.low), high: format.duration(duration.high) })}
        </Box>
        <Box sx={{ color: 'text.secondary', mt: 3 }}>
          {duration.measured ? t('duration.measured') : t('duration.assumed')}{' '}
          <span dir="auto">{duration.formula}</span>
        </Box>
        <Assumptions items={duration.assumptions} />
      </Box>
    </Panel>
  );
}
