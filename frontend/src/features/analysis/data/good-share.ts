import type { Format } from '@/lib/format/format';

/** A share of good values, never rounded up to a perfection that is none. */
export const goodShare = (format: Format, value: number) =>
  format.percent(value < 1 ? Math.floor(value * 1000) / 1000 : 1, 1);
