import { useTranslation } from 'react-i18next';
import { MiniHistogram, MiniShares } from '@/components/mini-chart';
import type { Schema } from '@/lib/api/client';
import { useBars, useTopValues } from './use-charts';

type Profile = Schema<'ColumnProfile'>;

/** The values of a column in one small picture: how numbers and dates are spread, or which values are frequent. */
export function Distribution({ profile }: { profile: Profile }) {
  const { t } = useTranslation('analysis');
  const bars = useBars(profile);
  const top = useTopValues(profile);
  if (bars.length > 1) return <MiniHistogram label={t('chart.histogram', { column: profile.name })} bars={bars} />;
  const [first] = top;
  if (!first) return <>–</>;
  return <MiniShares label={t('chart.mostly', { value: first.name, share: first.text })} items={top} />;
}
