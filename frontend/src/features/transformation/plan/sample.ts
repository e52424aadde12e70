import type { Schema } from '@/lib/api/client';
import type { PlanTable } from './model';

export type Sample = Schema<'PlanSampleView'>;
export type SampledRow = Sample['rows'][number];

/** Names of columns that an expression reads. */
export function columnsIn(expression: string, names: readonly string[]) {
  const words = new Set(
    [...expression.replaceAll(/'(?:[^']|'')*'/g, "''").matchAll(/"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_$]*/gu)].map(
      ([word, quoted]) => (quoted ?? word).toLowerCase(),
    ),
  );
  return names.filter((name) => words.has(name.toLowerCase()));
}

/** Source columns that a target column is made of. */
export function sourcesOf(sample: Sample, table: PlanTable, target: string): string[] {
  const column = table.columns.find((each) => each.target.toLowerCase() === target.toLowerCase());
  const names = sample.source_columns.map(({ name }) => name);
  if (column?.by === 'expr') return columnsIn(column.expr, names);
  const source = sample.columns.find((each) => each.target === target)?.source;
  return names.filter((name) => name.toLowerCase() === (source || column?.source || target).toLowerCase());
}

/** What is said of one column in a row. */
export const findingsOf = ({ findings }: SampledRow, column: string) =>
  findings.filter((finding) => finding.column?.toLowerCase() === column.toLowerCase());
