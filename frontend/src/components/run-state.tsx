import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { Status, type Look } from './status';

type Run = Pick<Schema<'RunView'>, 'state' | 'waiting_for' | 'result'>;

const LOOKS: Record<Schema<'RunState'>, Look> = {
  queued: 'waiting',
  running: 'busy',
  paused: 'paused',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'off',
  undone: 'undone',
};

/** Where a run is, and what it waits for or how it ended when that says more. */
export function RunStateLabel({ run }: { run: Run }) {
  const { t } = useTranslation('common');
  const attention = run.result === 'quarantined' || run.result === 'mismatch';
  const look = run.state === 'succeeded' && attention ? 'warning' : LOOKS[run.state];
  const more = run.waiting_for
    ? t(`waitingFor.${run.waiting_for}`, { defaultValue: run.waiting_for })
    : attention && run.result
      ? t(`result.${run.result}`)
      : '';
  return (
    <Status look={look}>
      {t(`runState.${run.state}`)}
      {more && ` · ${more}`}
    </Status>
  );
}
