/** What came of a check: as `check-runs/{id}/results` has it. */
export interface CheckResult {
  name: string;
  kind: string;
  side: string;
  table: string;
  columns: string[];
  severity: string;
  owner: string;
  description: string;
  status: 'passed' | 'failed' | 'error' | 'skipped';
  measured: number | null;
  threshold: string;
  message: string;
  rows_checked: number;
  rows_broken: number;
  seconds: number;
  how: string;
  sql: string;
  samples: Sample[];
  personal: boolean;
  code: string;
  fix: string;
}

/** A row that breaks a check: its key, and what broke it. */
export interface Sample {
  key: Record<string, string>;
  value: string;
}

export interface Results {
  suite: string;
  checks: CheckResult[];
}

export const isResults = (value: unknown): value is Results =>
  typeof value === 'object' && value !== null && 'checks' in value && Array.isArray(value.checks);

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
