import { isNamed, inState, sorted, type Sort, type State } from './filters';
import { targetOf, type Shown, type TablePair } from './suggestion';

/** A line of the two sides: the name of a pair of tables, or a column of the source and one of the target. */
export type Slot =
  | { kind: 'tables'; key: string; pair: TablePair }
  | {
      kind: 'columns';
      key: string;
      pair: TablePair;
      one: Shown | undefined;
      target: string | undefined;
      /** The target into which the column goes together with others, when it has none of its own. */
      part?: string;
    };

/** From the slot of a source column to the slot of a target column. */
export interface Link {
  from: number;
  to: number;
  one: Shown;
  /** One of several columns of which the target is made. */
  part: boolean;
}

export interface Layout {
  slots: readonly Slot[];
  links: readonly Link[];
  /** Where the suggestion of a number stands. */
  at: ReadonlyMap<number, number>;
}

export interface View {
  search: string;
  state: State | undefined;
  sort: Sort;
  /** Targets stand in the order of their table instead of beside their source. */
  tableOrder: boolean;
  /** Names of tables stand above their columns. */
  headed: boolean;
}

/** Columns of the target, in the order in which they stand: beside their source, else after all. */
function beside(shown: readonly Shown[], free: readonly string[]) {
  const placed = new Set<string>();
  const targets = shown.map((one) => {
    const target = targetOf(one);
    if (target === undefined || placed.has(target)) return undefined;
    placed.add(target);
    return target;
  });
  return [...targets, ...free];
}

/** Columns of the target into which nothing leads. */
function targetsFree(pair: TablePair, all: readonly Shown[], search: string, { state }: View) {
  if (state !== undefined) return [];
  const led = new Set(all.map(targetOf));
  return pair.target_columns.filter((name) => !led.has(name) && name.toLowerCase().includes(search));
}

function inTableOrder(pair: TablePair, shown: readonly Shown[], free: readonly string[]) {
  const wanted = new Set([...shown.map(targetOf), ...free]);
  return pair.target_columns.filter((name) => wanted.has(name));
}

function byTable(all: readonly Shown[]) {
  const found = new Map<number, Shown[]>();
  for (const one of all) {
    const own = found.get(one.table_number);
    if (own) own.push(one);
    else found.set(one.table_number, [one]);
  }
  return found;
}

function linksOf(shown: readonly Shown[], targets: readonly (string | undefined)[], first: number): Link[] {
  const bySource = new Map(shown.map((one, index) => [one.source_column, first + index]));
  const byTarget = new Map(targets.map((name, index) => [name, first + index]));
  return shown.flatMap((one, index) => {
    const target = targetOf(one);
    const to = target === undefined ? undefined : byTarget.get(target);
    if (to === undefined) return [];
    const own = { from: first + index, to, one, part: false };
    const others = (one.transformation?.sources ?? []).filter((name) => name !== one.source_column);
    const parts = others.map((name) => bySource.get(name));
    return [own, ...parts.filter((at) => at !== undefined).map((from) => ({ from, to, one, part: true }))];
  });
}

/** By source column: the target of which it is a part. */
function partsOf(own: readonly Shown[]) {
  const parts = new Map<string, string>();
  for (const one of own) {
    const target = targetOf(one);
    if (target === undefined) continue;
    for (const name of one.transformation?.sources ?? []) if (name !== one.source_column) parts.set(name, target);
  }
  return parts;
}

/** Both sides of the pairs of tables, line by line, and what leads from where to where. */
export function layOut(
  pairs: readonly TablePair[],
  all: readonly Shown[],
  twice: ReadonlySet<string>,
  view: View,
): Layout {
  const search = view.search.trim().toLowerCase();
  const found = byTable(all);
  const slots: Slot[] = [];
  const links: Link[] = [];
  const at = new Map<number, number>();
  for (const pair of pairs) {
    const own = found.get(pair.number) ?? [];
    const fitting = own.filter((one) => inState(one, view.state, twice) && isNamed(one, search));
    const shown = sorted(fitting, view.sort);
    const free = targetsFree(pair, own, search, view);
    const targets = view.tableOrder ? inTableOrder(pair, shown, free) : beside(shown, free);
    if (shown.length + targets.length === 0) continue;
    if (view.headed) slots.push({ kind: 'tables', key: `t${String(pair.number)}`, pair });
    const parts = partsOf(own);
    links.push(...linksOf(shown, targets, slots.length));
    for (let index = 0; index < Math.max(shown.length, targets.length); index += 1) {
      const one = shown[index];
      if (one) at.set(one.number, slots.length);
      const key = one ? `s${String(one.number)}` : `f${String(pair.number)}/${targets[index] ?? ''}`;
      const part = one && targetOf(one) === undefined ? parts.get(one.source_column ?? '') : undefined;
      slots.push({ kind: 'columns', key, pair, one, target: targets[index], ...(part !== undefined && { part }) });
    }
  }
  return { slots, links, at };
}

/** Those of which an end is in sight. */
export const linksIn = (links: readonly Link[], first: number, last: number) =>
  links.filter(({ from, to }) => (from >= first && from <= last) || (to >= first && to <= last));
