import type { Schema } from '@/lib/api/client';

export type Suggestion = Schema<'SuggestionView'>;
export type TablePair = Schema<'MatchedTableView'>;
export type Decision = Schema<'Decision'>;

/** What somebody wants of a suggestion. */
export interface Wish {
  decision: Decision;
  target_column?: string;
  expr?: string;
}

/** A suggestion as it is shown: with what is on its way to the server, or was refused by it. */
export interface Shown extends Suggestion {
  way?: 'waiting' | 'refused';
}

export type Band = 'certain' | 'likely' | 'unsure' | 'none';
/** From here on a plan takes a column over without asking (docs/match.md). */
const LIKELY = 0.6;

/** How sure a suggestion is, in a word. */
export function bandOf({ sure, confidence, target_column }: Suggestion): Band {
  if (target_column === undefined) return 'none';
  if (sure) return 'certain';
  return confidence >= LIKELY ? 'likely' : 'unsure';
}

/** The target column that it leads to now: decided, else proposed. */
export function targetOf(one: Suggestion): string | undefined {
  if (one.decision === 'rejected') return undefined;
  return one.decision === 'open' ? one.target_column : one.decided_target;
}

/** Nobody decided, and the model wants a look. */
export const isQuestion = ({ decision, sure }: Suggestion) => decision === 'open' && !sure;

/** What the columns of the source are called that it reads. */
export const sourcesOf = ({ source_column, transformation }: Suggestion): readonly string[] =>
  source_column === undefined ? (transformation?.sources ?? []) : [source_column];

/** The wish that leads to what stands there now. */
export function wishOf({ decision, decided_target, decided_expr }: Suggestion): Wish {
  if (decision !== 'changed') return { decision };
  return {
    decision,
    ...(decided_target && { target_column: decided_target }),
    ...(decided_expr && { expr: decided_expr }),
  };
}

/** The suggestion as the server will have it after the wish. */
export function wished(one: Suggestion, { decision, target_column, expr }: Wish, way: Shown['way']): Shown {
  const { number, table_number, source_column, confidence, sure, evidence, alternatives, transformation } = one;
  const proposed = { number, table_number, confidence, sure, evidence, alternatives };
  const shown: Shown = { ...proposed, source_column, target_column: one.target_column, transformation, decision, way };
  if (decision === 'accepted') {
    shown.decided_target = one.target_column;
    shown.decided_expr = transformation?.expr;
  }
  if (decision === 'changed') {
    shown.decided_target = target_column ?? one.target_column;
    shown.decided_expr = expr;
  }
  return shown;
}
