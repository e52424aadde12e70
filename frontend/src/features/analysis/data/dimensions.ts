import type { Schema } from '@/lib/api/client';

/** In the order in which the server's formulas stand. */
export const DIMENSIONS: readonly Schema<'Dimension'>[] = [
  'completeness',
  'uniqueness',
  'validity',
  'consistency',
  'timeliness',
  'integrity',
];
