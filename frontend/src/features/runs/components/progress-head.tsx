import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Figures } from '@/components/figures';
import { Panel } from '@/components/panel';
import { ProgressBar } from '@/components/progress-bar';
import type { Schema } from '@/lib/api/client';
import { shareDone } from '@/lib/api/progress';
import { useFormat } from '@/lib/format/use-format';
import { secondsLeft, type Live } from '../live/progress-feed';

/** All tables together: how far, how fast, how long still. */
export function ProgressHead({ run, live }: { run: Schema<'RunView'>; live: Live }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const { progress, now } = live;
  if (!progress) return null;
  const running = run.state === 'running';
  const over = run.state === 'succeeded' || run.state === 'undone';
  const share = shareDone(progress);
  const percent = share === undefined ? '–' : format.percent(Math.floor(share * 100) / 100);
  const rows =
    progress.rows_total < 0
      ? format.number(progress.rows_done)
      : t('rowsOf', { done: format.number(progress.rows_done), total: format.number(progress.rows_total) });
  const left = secondsLeft(live);
  return (
    <Panel>
      <Box sx={{ mb: 4 }}>
        <ProgressBar label={t('tab.progress')} value={share} text={`${percent}, ${rows}`} still={!running} />
      </Box>
      <Figures
        items={[
          ...(over
            ? []
            : [{ label: t('phase'), value: t(`phases.${progress.phase}`, { defaultValue: progress.phase }) }]),
          { label: t('done'), value: percent, hint: rows },
          {
            label: t('volume'),
            value: format.bytes(progress.bytes_done),
            hint: running && now ? t('perSecond', { amount: format.bytes(now.bytes) }) : undefined,
          },
          {
            label: t('speed'),
            value: running && now ? t('rowsPerSecond', { rows: format.number(Number(now.rows.toPrecision(3))) }) : '–',
          },
          {
            label: t('elapsed'),
            value: format.duration(progress.seconds),
            hint: running && left !== undefined ? t('left', { time: format.duration(left) }) : undefined,
          },
        ]}
      />
    </Panel>
  );
}
