import type { Schema } from '@/lib/api/client';
import { targetOf, type Suggestion, type TablePair } from './suggestion';

type Ends = Pick<Schema<'MatchingView'>, 'source_connection' | 'target_connection'>;

/** What is done to the values now: decided, else proposed; nothing when they are copied. */
const exprOf = (one: Suggestion) =>
  (one.decision === 'open' ? one.transformation?.expr : one.decided_expr) ?? undefined;

/** A plan of one column alone, to see what it makes of real rows. Plans are YAML, and JSON is. */
export function samplePlan(one: Suggestion, pair: TablePair, ends: Ends): string | undefined {
  const target = targetOf(one);
  const expr = exprOf(one);
  if (target === undefined || (expr === undefined && one.source_column === undefined)) return undefined;
  const column = expr === undefined ? { target, source: one.source_column } : { target, expr };
  return JSON.stringify({
    version: 1,
    source: { connection: ends.source_connection },
    target: { connection: ends.target_connection },
    tables: { include: [pair.source_table], exclude: [] },
    mappings: [
      { source: pair.source_table, target: pair.target_table, mode: 'append', columns: [column], rest: 'drop' },
    ],
    run: { schema: 'reuse' },
  });
}

type Row = Schema<'SampledRowView'>;

export interface Change {
  before: string;
  after: string | null | undefined;
  outcome: Row['outcome'];
  why: string;
  count: number;
}

/** What becomes of which value, each once, in the order of the rows: rejected and altered ones first. */
export function changesOf(rows: readonly Row[], sources: readonly string[], target: string): Change[] {
  const found = new Map<string, Change>();
  for (const { before, after, outcome, findings } of rows) {
    const value = sources.map((name) => before[name] ?? 'NULL').join(' · ');
    const known = found.get(value);
    if (known) {
      known.count += 1;
      continue;
    }
    const why = findings.find(({ message }) => message)?.message ?? '';
    found.set(value, { before: value, after: after?.[target], outcome, why, count: 1 });
  }
  return [...found.values()];
}
