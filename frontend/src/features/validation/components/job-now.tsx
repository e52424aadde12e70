import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '@/components/progress-bar';
import { useFormat } from '@/lib/format/use-format';
import { isOver, type JobProgress } from '@/lib/realtime/use-job';

/** How far a job is; said to who does not see it, too. */
export function JobNow({ state, progress }: { state: string; progress: JobProgress | undefined }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : undefined;
  const phase = progress ? t(`phases.${progress.phase}`, { defaultValue: progress.phase }) : '';
  const text =
    state === 'running' && phase
      ? share === undefined
        ? phase
        : t('progress', { phase, done: format.number(progress?.done ?? 0), total: format.number(progress?.total ?? 0) })
      : t(`runStates.${state}`, { defaultValue: state });
  return (
    <Box sx={{ maxWidth: 560 }}>
      <Box role="status" sx={{ mb: 2 }}>
        {text}
      </Box>
      {!isOver(state) && <ProgressBar label={t('progressLabel')} value={share} text={text} />}
    </Box>
  );
}
