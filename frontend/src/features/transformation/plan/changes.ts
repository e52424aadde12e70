import type { Schema } from '@/lib/api/client';

type Difference = Schema<'PlanDifferenceView'>;

/** A difference with where it is, in names. */
export interface PlanChange {
  kind: Difference['kind'];
  /** "columns full_name expr". */
  where: readonly string[];
  from: string;
  to: string;
}

const stepsOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

const shown = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string);

/** Differences by the table they belong to; '' for what holds for all. */
export function changesByTable(differences: readonly Difference[]): [table: string, changes: PlanChange[]][] {
  const groups = new Map<string, PlanChange[]>();
  for (const { kind, pointer, from, to } of differences) {
    const [first = '', table = '', ...rest] = stepsOf(pointer);
    const inTable = first === 'mappings' && table !== '';
    const where = inTable ? rest : [first, table, ...rest].filter(Boolean);
    const name = inTable ? table : '';
    groups.set(name, [...(groups.get(name) ?? []), { kind, where, from: shown(from), to: shown(to) }]);
  }
  return [...groups];
}
