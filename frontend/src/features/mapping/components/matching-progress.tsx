import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { ProgressBar } from '@/components/progress-bar';
import { Status } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useLatest } from '../data/use-latest';

interface Progress {
  phase: string;
  done: number;
  total: number;
}
const isProgress = (value: unknown): value is Progress =>
  typeof value === 'object' && value !== null && 'phase' in value && 'done' in value;

/** Phases as the server calls them, and our words for them. */
const PHASES: Record<string, string> = {
  'reading the source': 'source',
  'reading the target': 'target',
  matching: 'matching',
  finished: 'finished',
};

/** A matching at work, as it is told live. */
function AtWork({ matching }: { matching: Schema<'MatchingView'> }) {
  const { t } = useTranslation('mapping');
  const heard = useLatest<unknown>(`run:${matching.matching_id}`, 'run.progress');
  const progress = [heard, matching.progress].find(isProgress);
  const queued = matching.state === 'queued';
  const phase = PHASES[progress?.phase ?? ''];
  const text = phase ? t(`phase.${phase}`) : (progress?.phase ?? t('phase.begins'));
  const waiting = matching.waiting_for
    ? t(`common:waitingFor.${matching.waiting_for}`, { defaultValue: matching.waiting_for })
    : '';
  return (
    <Panel title={matching.name}>
      <Box role="status" sx={{ mb: 3 }}>
        <Status look={queued ? 'waiting' : 'busy'}>
          {queued ? [t('queued'), waiting].filter(Boolean).join(' · ') : text}
        </Status>
      </Box>
      <ProgressBar
        label={t('progress')}
        value={progress && progress.total > 0 ? progress.done / progress.total : undefined}
        text={text}
      />
      <Box sx={{ color: 'text.secondary', mt: 3 }}>{t('leaveOpen')}</Box>
    </Panel>
  );
}

/** Why there are no suggestions: not yet, or not at all. */
export function MatchingProgress({ matching }: { matching: Schema<'MatchingView'> }) {
  const { t } = useTranslation('mapping');
  if (matching.state === 'queued' || matching.state === 'running') return <AtWork matching={matching} />;
  const { code, message, fix } = (matching.error ?? {}) as { code?: string; message?: string; fix?: string };
  return (
    <Note tone={matching.state === 'failed' ? 'error' : 'info'}>
      <strong>{matching.state === 'failed' ? t('failed') : t('cancelled')}</strong>
      {message && <div dir="auto">{message}</div>}
      {fix && <div dir="auto">{fix}</div>}
      {code && <code>{code}</code>}
    </Note>
  );
}
