import { useTranslation } from 'react-i18next';
import type { Bar, Share } from '@/components/mini-chart';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { tailsOf } from '../data/tails';

const MOST = 8;
type Profile = Schema<'ColumnProfile'>;

/** The histogram of a column. */
export function useBars({ histogram }: Profile): Bar[] {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const tails = tailsOf(histogram);
  return histogram.map((bar) => ({
    text: t('chart.bar', { low: bar.low, high: bar.high, number: format.number(bar.count) }),
    size: bar.count,
    tail: tails.includes(bar),
  }));
}

/** The frequent values of a column: those that stand there once tell nothing. */
export function useTopValues({ top_values }: Profile): Share[] {
  const format = useFormat();
  const frequent = top_values.filter(({ count }) => count > 1).slice(0, MOST);
  return frequent.map(({ value, share }) => ({ name: value, share, text: format.percent(share, 1) }));
}

/** The shapes of a column's texts. */
export function usePatterns({ patterns }: Profile): Share[] {
  const format = useFormat();
  return patterns
    .slice(0, MOST)
    .map(({ pattern, share }) => ({ name: pattern, share, text: format.percent(share, 1) }));
}
