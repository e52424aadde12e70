import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { SampledRow } from '../plan/sample';

const LOOKS: Record<SampledRow['outcome'], Look> = {
  unchanged: 'good',
  altered: 'undone',
  rejected: 'bad',
  filtered: 'off',
};

/** What becomes of a row. */
export function Outcome({ of }: { of: SampledRow['outcome'] }) {
  const { t } = useTranslation('transformation');
  return <Status look={LOOKS[of]}>{t(`sample.outcome.${of}`)}</Status>;
}
