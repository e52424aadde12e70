import type { Schema } from '@/lib/api/client';

/** What came of a check. */
export type CheckResult = Schema<'CheckResultView'>;
/** A row that breaks a check: its key, and what broke it. */
export type Sample = Schema<'CheckSampleView'>;

const ORDER = ['error', 'failed', 'skipped', 'passed'];
const GRAVITY = ['error', 'warn', 'info'];

/** What wants attention first. */
export const sorted = (checks: readonly CheckResult[]) =>
  [...checks].sort(
    (a, b) =>
      ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity),
  );

export const subjectOf = ({ table, columns }: Pick<CheckResult, 'table' | 'columns'>) =>
  columns.length > 0 ? `${table}.${columns.join(', ')}` : table;
