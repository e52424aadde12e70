import {
  alteredTotal,
  findingsOf,
  rejectedTotal,
  total,
  type Finding,
  type Report,
  type TableReport,
} from '@/lib/api/report';

/** The same of two runs; nothing where one has none. */
export interface Pair {
  a: number | undefined;
  b: number | undefined;
}

export type Figure = 'read' | 'written' | 'quarantined' | 'filtered' | 'altered' | 'rejected' | 'bytes' | 'seconds';

const sum = (report: Report, count: (table: TableReport) => number) =>
  report.tables.reduce((all, table) => all + count(table), 0);

const FIGURES: Record<Figure, (report: Report) => number> = {
  read: (report) => total(report, 'rows_read'),
  written: (report) => total(report, 'rows_written'),
  quarantined: (report) => total(report, 'rows_quarantined'),
  filtered: (report) => total(report, 'rows_filtered'),
  altered: (report) => sum(report, alteredTotal),
  rejected: (report) => sum(report, rejectedTotal),
  bytes: (report) => total(report, 'bytes'),
  seconds: (report) => report.seconds,
};

export const figuresOf = (a: Report, b: Report) =>
  (Object.keys(FIGURES) as Figure[]).map((figure) => ({ figure, a: FIGURES[figure](a), b: FIGURES[figure](b) }));

export interface TablePair {
  table: string;
  a: TableReport | undefined;
  b: TableReport | undefined;
}

/** A rehearsal writes nothing, so that it has no digest of a target. */
const digestsAgree = (a: TableReport, b: TableReport) =>
  !a.target_digest || !b.target_digest || a.target_digest === b.target_digest;

const isSame = ({ a, b }: TablePair) =>
  a !== undefined &&
  b !== undefined &&
  a.rows_written === b.rows_written &&
  a.rows_quarantined === b.rows_quarantined &&
  digestsAgree(a, b) &&
  alteredTotal(a) === alteredTotal(b);

/** Table by table, those with differences first. */
export function tablesOf(a: Report, b: Report): (TablePair & { same: boolean })[] {
  const byName = (report: Report) => new Map(report.tables.map((table) => [table.target, table]));
  const [left, right] = [byName(a), byName(b)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((table) => ({ table, a: left.get(table), b: right.get(table) }))
    .map((pair) => ({ ...pair, same: isSame(pair) }))
    .sort((one, two) => Number(one.same) - Number(two.same));
}

export interface ChangePair extends Pair, Pick<Finding, 'place' | 'what' | 'kind'> {}

const changesOf = (report: Report) =>
  new Map(findingsOf(report).map((each) => [JSON.stringify([each.place, each.what, each.kind]), each]));

/** What was altered or refused in one run other than in the other. */
export function alterationsOf(a: Report, b: Report): ChangePair[] {
  const [left, right] = [changesOf(a), changesOf(b)];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const one = left.get(key) ?? right.get(key);
    const pair = { a: left.get(key)?.count, b: right.get(key)?.count };
    return one && pair.a !== pair.b ? [{ place: one.place, what: one.what, kind: one.kind, ...pair }] : [];
  });
}
