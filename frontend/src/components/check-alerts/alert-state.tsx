import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';

const STATES: Record<string, Look> = { open: 'bad', acknowledged: 'busy', resolved: 'good' };
const SEVERITIES: Record<string, Look> = { error: 'bad', warn: 'warning', info: 'info' };

export function AlertState({ state }: { state: string }) {
  const { t } = useTranslation('check-alerts');
  return <Status look={STATES[state] ?? 'plain'}>{t(`states.${state}`, { defaultValue: state })}</Status>;
}

/** How grave it is when a check does not pass. */
export function Severity({ severity }: { severity: string }) {
  const { t } = useTranslation('check-alerts');
  return (
    <Status look={SEVERITIES[severity] ?? 'plain'}>{t(`severities.${severity}`, { defaultValue: severity })}</Status>
  );
}
