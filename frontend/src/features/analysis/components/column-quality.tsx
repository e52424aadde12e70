import { useTranslation } from 'react-i18next';
import { ShareList } from '@/components/mini-chart';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { DIMENSIONS } from '../data/dimensions';
import { Part } from './part';

/** How good the values of a column are, by dimension; those that were not examined are left out. */
export function ColumnQuality({ quality }: { quality: Schema<'QualityFacts'> }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const items = DIMENSIONS.filter((dimension) => quality[dimension].of > 0).map((dimension) => {
    const { good, of } = quality[dimension];
    return { name: t(`dimension.${dimension}`), share: good / of, text: format.percent(good / of, 1) };
  });
  if (items.length === 0) return null;
  return (
    <Part title={t('figure.quality')}>
      <ShareList words label={t('figure.quality')} items={items} />
    </Part>
  );
}
