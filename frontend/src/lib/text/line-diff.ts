/** Lines of `from` and `to` that stay, in order: pairs of indexes. */
export type Common = readonly (readonly [from: number, to: number])[];

/** Beyond so many differences the rest counts as rewritten: nobody reads such a diff line by line. */
const MOST_STEPS = 1500;

export const linesOf = (text: string) => text.split('\n');

/** The furthest points of each step of Myers' search, or nothing when the texts have too little in common. */
function search(from: readonly string[], to: readonly string[]): Int32Array[] | undefined {
  const most = Math.min(from.length + to.length, MOST_STEPS);
  const zero = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let step = 0; step <= most; step += 1) {
    trace.push(reach.slice(zero - step - 1, zero + step + 2));
    for (let k = -step; k <= step; k += 2) {
      const below = reach[zero + k + 1] ?? 0;
      const beside = reach[zero + k - 1] ?? 0;
      let x = k === -step || (k !== step && beside < below) ? below : beside + 1;
      while (x < from.length && x - k < to.length && from[x] === to[x - k]) x += 1;
      reach[zero + k] = x;
      if (x >= from.length && x - k >= to.length) return trace;
    }
  }
  return undefined;
}

/** The way back through the trace, from the end of both texts. */
function walkBack(trace: readonly Int32Array[], from: number, to: number): [number, number][] {
  const pairs: [number, number][] = [];
  let x = from;
  let y = to;
  for (let step = trace.length - 1; step >= 0; step -= 1) {
    const reach = trace[step];
    const at = (k: number) => reach?.[k + step + 1] ?? 0;
    const k = x - y;
    const down = k === -step || (k !== step && at(k - 1) < at(k + 1));
    const before = down ? k + 1 : k - 1;
    const beforeX = step === 0 ? 0 : at(before);
    const beforeY = step === 0 ? 0 : beforeX - before;
    while (x > beforeX && y > beforeY) pairs.push([--x, --y]);
    x = beforeX;
    y = beforeY;
  }
  return pairs.reverse();
}

function commonEnds(from: readonly string[], to: readonly string[]) {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return { head, tail };
}

/** What two lists of lines have in common (Myers 1986). */
export function commonLines(from: readonly string[], to: readonly string[]): Common {
  const { head, tail } = commonEnds(from, to);
  const middleFrom = from.slice(head, from.length - tail);
  const middleTo = to.slice(head, to.length - tail);
  const trace = search(middleFrom, middleTo);
  const middle = trace ? walkBack(trace, middleFrom.length, middleTo.length) : [];
  return [
    ...Array.from({ length: head }, (_, at) => [at, at] as const),
    ...middle.map(([x, y]) => [x + head, y + head] as const),
    ...Array.from({ length: tail }, (_, at) => [from.length - tail + at, to.length - tail + at] as const),
  ];
}

export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
  /** Numbers of the line in both texts, from 1. */
  from?: number;
  to?: number;
}

/** Both texts as one: what goes stands before what comes. */
export function diffLines(from: string, to: string): DiffLine[] {
  const [left, right] = [linesOf(from), linesOf(to)];
  const found: DiffLine[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...commonLines(left, right), [left.length, right.length] as const]) {
    for (; x < nextX; x += 1) found.push({ kind: 'removed', text: left[x] ?? '', from: x + 1 });
    for (; y < nextY; y += 1) found.push({ kind: 'added', text: right[y] ?? '', to: y + 1 });
    if (x < left.length) found.push({ kind: 'same', text: left[x++] ?? '', from: x, to: ++y });
  }
  return found;
}
