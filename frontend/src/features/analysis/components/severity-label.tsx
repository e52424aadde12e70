import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { Severity } from '../data/assessment';

const LOOKS: Record<Severity, Look> = { critical: 'bad', high: 'bad', medium: 'warning', low: 'info', note: 'plain' };

export function SeverityLabel({ severity }: { severity: Severity }) {
  const { t } = useTranslation('analysis');
  return <Status look={LOOKS[severity]}>{t(`severity.${severity}`)}</Status>;
}
