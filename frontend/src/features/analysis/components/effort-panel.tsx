import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Effort } from '../data/assessment';
import { Assumptions } from './assumptions';

const tenths = (value: number) => Math.round(value * 10) / 10;

type Line = Effort['lines'][number];

/** Hours of work, line by line. */
export function EffortPanel({ effort }: { effort: Effort }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Line>[] = [
    { id: 'about', header: t('effort.work'), cell: ({ about }) => <bdi>{about}</bdi> },
    {
      id: 'count',
      header: t('effort.count'),
      end: true,
      wide: true,
      cell: ({ count }) => format.number(tenths(count)),
    },
    {
      id: 'each',
      header: t('effort.each'),
      end: true,
      wide: true,
      cell: ({ hours_each }) => format.number(hours_each),
    },
    { id: 'hours', header: t('effort.sum'), end: true, cell: ({ hours }) => format.number(tenths(hours)) },
  ];
  const whole = (value: number) => format.number(Math.round(value));
  return (
    <Panel title={t('effort.title')} flush>
      <DataTable label={t('effort.title')} columns={columns} rows={effort.lines} rowKey={({ about }) => about} />
      <Box sx={{ px: 4, py: 3, borderBlockStart: '1px solid', borderColor: 'divider' }}>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', fontWeight: 600 }}>
          <span>{t('effort.total')}</span>
          <span>{t('effort.hours', { hours: whole(effort.hours) })}</span>
        </Box>
        <Box sx={{ color: 'text.secondary', textAlign: 'end' }}>
          {t('effort.range', { low: whole(effort.low), high: whole(effort.high) })}
        </Box>
        <Assumptions items={effort.assumptions} />
      </Box>
    </Panel>
  );
}
