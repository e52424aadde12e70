import { isQuestion, sourcesOf, targetOf, type Shown } from './suggestion';

export const STATES = ['open', 'questions', 'accepted', 'changed', 'rejected', 'twice', 'waiting'] as const;
export type State = (typeof STATES)[number];
export const SORTS = ['order', 'surest', 'unsurest', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export const stateIn = (word: string | undefined) => STATES.find((state) => state === word);
export const sortIn = (word: string | undefined) => SORTS.find((sort) => sort === word) ?? 'order';

/** Target columns into which several suggestions lead, as "table/column". */
export function takenTwice(all: readonly Shown[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const one of all) {
    if (one.decision !== 'accepted' && one.decision !== 'changed') continue;
    const key = keyOf(one);
    (seen.has(key) ? twice : seen).add(key);
  }
  return twice;
}
export const keyOf = (one: Shown) => `${String(one.table_number)}/${targetOf(one) ?? ''}`;

export function inState(one: Shown, state: State | undefined, twice: ReadonlySet<string>): boolean {
  switch (state) {
    case undefined:
      return true;
    case 'questions':
      return isQuestion(one);
    case 'twice':
      return one.decision !== 'open' && one.decision !== 'rejected' && twice.has(keyOf(one));
    case 'waiting':
      return one.way !== undefined;
    default:
      return one.decision === state;
  }
}

const holds = (text: string | undefined, part: string) => text?.toLowerCase().includes(part) ?? false;

/** Does it name what is searched for? `part` in small letters. */
export const isNamed = (one: Shown, part: string) =>
  part === '' || sourcesOf(one).some((name) => holds(name, part)) || holds(targetOf(one), part);

const ORDERS: Record<Sort, ((a: Shown, b: Shown) => number) | undefined> = {
  order: undefined,
  surest: (a, b) => b.confidence - a.confidence,
  unsurest: (a, b) => a.confidence - b.confidence,
  name: (a, b) => (sourcesOf(a)[0] ?? '').localeCompare(sourcesOf(b)[0] ?? ''),
};
export function sorted(all: readonly Shown[], sort: Sort): readonly Shown[] {
  const order = ORDERS[sort];
  return order ? [...all].sort(order) : all;
}

export interface Counts {
  total: number;
  open: number;
  questions: number;
}
/** By the number of the pair of tables. */
export function countsOf(all: readonly Shown[]): ReadonlyMap<number, Counts> {
  const counts = new Map<number, Counts>();
  for (const one of all) {
    const count = counts.get(one.table_number) ?? { total: 0, open: 0, questions: 0 };
    count.total += 1;
    if (one.decision === 'open') count.open += 1;
    if (isQuestion(one)) count.questions += 1;
    counts.set(one.table_number, count);
  }
  return counts;
}

/** What accepting from a confidence on would accept: as the server does it. */
export const acceptable = (all: readonly Shown[], confidence: number) =>
  all.filter((one) => one.decision === 'open' && one.target_column !== undefined && one.confidence >= confidence);
