import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { isOver } from '@/lib/realtime/use-job';

type Run = Pick<Schema<'CheckRunView'>, 'state' | 'has_failed' | 'failed' | 'errors' | 'waiting_for'>;

const LOOKS: Record<string, Look> = { queued: 'waiting', running: 'busy', failed: 'bad', cancelled: 'off' };

/** Where a check run is; when it is over, how the checks came out. */
export function CheckRunState({ run }: { run: Run }) {
  const { t } = useTranslation('validation');
  if (run.state === 'succeeded') {
    if (run.errors > 0) return <Status look="bad">{t('outcome.errors')}</Status>;
    if (run.has_failed) return <Status look="bad">{t('outcome.failed')}</Status>;
    if (run.failed > 0) return <Status look="warning">{t('outcome.warned')}</Status>;
    return <Status look="good">{t('outcome.passed')}</Status>;
  }
  const waits = !isOver(run.state) && run.waiting_for;
  return (
    <Status look={LOOKS[run.state] ?? 'plain'}>
      {waits ? t('runStates.waiting') : t(`runStates.${run.state}`, { defaultValue: run.state })}
    </Status>
  );
}
