import type { Schema } from '@/lib/api/client';

type Bar = Schema<'HistogramBar'>;

const MUCH = 1.5;
const widthOf = ({ low_number, high_number }: Bar) => high_number - low_number;

/** The bars at the ends that stand for much more of the line of numbers than those between them. */
export function tailsOf(bars: readonly Bar[]): Bar[] {
  const inner = bars.slice(1, -1);
  const first = inner[0];
  if (!first) return [];
  const usual = widthOf(first);
  return [bars[0], bars.at(-1)].filter((bar) => bar !== undefined).filter((bar) => widthOf(bar) > usual * MUCH);
}
