/** A run's progress: `progress` of a run and the event `run.progress`. Rates are derived by who shows it. */
export interface Progress {
  phase: string;
  seconds: number;
  rows_done: number;
  /** -1 while nobody knows. */
  rows_total: number;
  bytes_done: number;
  rows_rejected: number;
  tables: TableProgress[];
}

export interface TableProgress {
  table: string;
  phase: string;
  rows_done: number;
  rows_total: number;
  bytes_done: number;
  chunks_done: number;
  chunks_total: number;
}

export const isProgress = (value: unknown): value is Progress =>
  typeof value === 'object' && value !== null && 'rows_done' in value && 'tables' in value;

/** The same of a run that succeeded: the total was an estimate, and what was done is all there was. */
export const whole = (progress: Progress): Progress => ({
  ...progress,
  rows_total: progress.rows_done,
  tables: progress.tables.map((table) => ({ ...table, rows_total: table.rows_done })),
});

/** How much is done, 0 to 1; nothing while the total is not known. */
export function shareDone({ rows_done, rows_total }: Pick<Progress, 'rows_done' | 'rows_total'>) {
  if (rows_total < 0) return undefined;
  return rows_total === 0 ? 1 : Math.min(1, rows_done / rows_total);
}
