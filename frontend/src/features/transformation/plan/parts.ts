import type { PlanTable } from './model';

/** The mappings of the table that this one maps, itself among them: one table may go into several. */
export const partsOf = (tables: readonly PlanTable[], { source }: PlanTable): PlanTable[] =>
  source ? tables.filter((each) => each.source === source) : [];

/** Does another mapping take rows of the same table? */
export const isShared = (tables: readonly PlanTable[], table: PlanTable) => partsOf(tables, table).length > 1;

/** A name for one more target of a table, which no mapping has. */
export function freshTarget(tables: readonly PlanTable[], source: string): string {
  const taken = new Set(tables.map(({ source: from, target }) => (target || from).toLowerCase()));
  const first = tables.find((each) => each.source === source);
  const stem = first?.target || source;
  for (let number = 2; ; number += 1) {
    const name = `${stem}_${String(number)}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** What a mapping is called in addresses once its target is another. */
export function idWith(tables: readonly PlanTable[], index: number, target: string): string {
  const name = target || tables[index]?.source || '';
  const before = tables.slice(0, index).filter((each) => (each.target || each.source) === name).length;
  return idOf(name, before);
}

/** A name that stands before already is told apart by a number. */
export const idOf = (name: string, before: number) => (before === 0 ? name : `${name} #${String(before + 1)}`);
