import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { CheckResult } from '../live/results';

const LOOKS: Record<string, Look> = { passed: 'good', failed: 'bad', error: 'bad', skipped: 'off' };

/** How a check came out; one that failed without being grave says so by its colour. */
export function ResultStatus({ check }: { check: Pick<CheckResult, 'severity'> & { status: string } }) {
  const { t } = useTranslation('validation');
  const mild = check.status === 'failed' && check.severity !== 'error';
  const look = mild ? (check.severity === 'warn' ? 'warning' : 'info') : (LOOKS[check.status] ?? 'plain');
  return <Status look={look}>{t(`status.${check.status}`, { defaultValue: check.status })}</Status>;
}
