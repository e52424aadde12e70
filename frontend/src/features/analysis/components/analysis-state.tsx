import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { Analysis } from '../data/analyses';

const LOOKS: Record<string, Look> = {
  queued: 'waiting',
  running: 'busy',
  paused: 'paused',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'off',
};

/** Where an analysis is, and what it waits for. */
export function AnalysisState({ analysis: { state, waiting_for } }: { analysis: Analysis }) {
  const { t } = useTranslation('common');
  return (
    <Status look={LOOKS[state] ?? 'plain'}>
      {t(`runState.${state}`, { defaultValue: state })}
      {waiting_for && ` · ${t(`waitingFor.${waiting_for}`, { defaultValue: waiting_for })}`}
    </Status>
  );
}
