/** The report of a run, rehearsal or verification; docs/ describes each member. */
export interface Report {
  run_id: string;
  status: 'succeeded' | 'failed' | 'quarantined' | 'mismatch' | 'interrupted';
  started_at: string;
  seconds: number;
  moments: number;
  tables: TableReport[];
  objects: ObjectReport[];
  errors: FaultReport[];
  name: string;
  rehearsal: boolean;
  expected_seconds?: number;
  expected_error?: number;
  differences: Difference[];
  notes: string[];
}

export interface TableReport {
  source: string;
  target: string;
  rows_read: number;
  rows_written: number;
  rows_quarantined: number;
  rows_filtered: number;
  bytes: number;
  source_digest: string;
  target_digest: string;
  verified: 'match' | 'mismatch' | 'skipped';
  altered: { column: string; rule: string; count: number; samples: string[] }[];
  rejected: { column: string; reason: string; count: number; warning: boolean; samples: string[] }[];
  notes: string[];
}

export interface ObjectReport {
  kind: string;
  name: string;
  status: 'created' | 'skipped' | 'failed' | 'manual';
  why: string;
  source?: string;
}

interface FaultReport {
  code: string;
  message: string;
  table: string;
  column: string;
  fix: string;
}

type Row = Record<string, string | null>;
interface Difference {
  table: string;
  kind: string;
  key: Row;
  source: Row;
  target: Row;
}

type Count = 'rows_read' | 'rows_written' | 'rows_quarantined' | 'rows_filtered' | 'bytes';
export const total = (report: Report, count: Count) => report.tables.reduce((sum, table) => sum + table[count], 0);
export const alteredTotal = (table: TableReport) => table.altered.reduce((sum, { count }) => sum + count, 0);
/** Without those that break a rule which only warns: they are kept. */
export const rejectedTotal = (table: TableReport) =>
  table.rejected.reduce((sum, { count, warning }) => sum + (warning ? 0 : count), 0);

/** What became of values of a table, and by which rule or for which reason. */
export interface Finding {
  /** The column with its table; the table alone where it is about whole rows. */
  place: string;
  what: string;
  kind: 'altered' | 'refused' | 'warned';
  count: number;
  samples: string[];
}

export const findingsOf = (report: Report): Finding[] =>
  report.tables.flatMap(({ target, altered, rejected }) => {
    const place = (column: string) => (column ? `${target}.${column}` : target);
    return [
      ...altered.map(({ column, rule, count, samples }) => ({
        place: place(column),
        what: rule,
        kind: 'altered' as const,
        count,
        samples,
      })),
      ...rejected.map(({ column, reason, count, samples, warning }) => ({
        place: place(column),
        what: reason,
        kind: warning ? ('warned' as const) : ('refused' as const),
        count,
        samples,
      })),
    ];
  });
