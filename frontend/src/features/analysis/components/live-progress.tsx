import Box from '@mui/material/Box';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProgressBar } from '@/components/progress-bar';
import { useFormat } from '@/lib/format/use-format';
import { useTopic } from '@/lib/realtime/use-topic';
import { useRefreshAnalyses, type Analysis } from '../data/analyses';
import { isAnalysisProgress, shareOf } from '../data/progress';
import { AnalysisState } from './analysis-state';

/** How far an analysis is, as the server tells it. */
export function LiveProgress({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const refresh = useRefreshAnalyses();
  const [heard, setHeard] = useState<unknown>();
  useTopic(`run:${analysis.analysis_id}`, ({ type, data }) => {
    if (type === 'run.progress') setHeard(data);
    if (type === 'run.state' || type === 'resync') void refresh();
  });
  const told = heard ?? analysis.progress;
  const progress = isAnalysisProgress(told) ? told : undefined;
  const share = progress && shareOf(progress);
  const phase = progress ? t(`phase.${progress.phase}`, { defaultValue: progress.phase }) : t('phase.waiting');
  const rows =
    progress?.unit === 'rows' && progress.done > 0 ? t('progress.rows', { rows: format.number(progress.done) }) : '';
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Box role="status" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1 }}>
        <AnalysisState analysis={analysis} />
        <span>{phase}</span>
      </Box>
      <ProgressBar label={t('progress.title')} value={share} text={rows} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, color: 'text.secondary' }}>
        {share !== undefined && <span>{format.percent(share)}</span>}
        {rows && <span>{rows}</span>}
        {progress?.detail && <span dir="auto">{progress.detail}</span>}
      </Box>
    </Box>
  );
}
