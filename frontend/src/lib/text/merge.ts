import { commonLines, linesOf } from './line-diff';

/** A stretch of a merged text. `conflict`: both sides changed it, differently. */
export interface Piece {
  kind: 'same' | 'mine' | 'theirs' | 'conflict';
  base: readonly string[];
  mine: readonly string[];
  theirs: readonly string[];
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, at) => line === b[at]);

function kindOf(base: readonly string[], mine: readonly string[], theirs: readonly string[]): Piece['kind'] {
  if (same(mine, theirs) || same(mine, base)) return same(theirs, base) ? 'same' : 'theirs';
  return same(theirs, base) ? 'mine' : 'conflict';
}

/** What two people made of the same text, line by line. */
export function mergePieces(baseText: string, mineText: string, theirsText: string): Piece[] {
  const [base, mine, theirs] = [linesOf(baseText), linesOf(mineText), linesOf(theirsText)];
  const inMine = new Map(commonLines(base, mine));
  const inTheirs = new Map(commonLines(base, theirs));
  const pieces: Piece[] = [];
  const add = (piece: Piece) => {
    const last = pieces.at(-1);
    if (piece.kind === 'same' && last?.kind === 'same') {
      last.base = last.mine = last.theirs = [...last.base, ...piece.base];
    } else if (piece.base.length + piece.mine.length + piece.theirs.length > 0) pieces.push(piece);
  };
  let [b, m, t] = [0, 0, 0];
  for (let at = 0; at <= base.length; at += 1) {
    const end = at === base.length;
    const mineAt = end ? mine.length : inMine.get(at);
    const theirsAt = end ? theirs.length : inTheirs.get(at);
    if (mineAt === undefined || theirsAt === undefined) continue;
    const [own, left, right] = [base.slice(b, at), mine.slice(m, mineAt), theirs.slice(t, theirsAt)];
    add({ kind: kindOf(own, left, right), base: own, mine: left, theirs: right });
    if (!end) {
      const line = base.slice(at, at + 1);
      add({ kind: 'same', base: line, mine: line, theirs: line });
    }
    [b, m, t] = [at + 1, mineAt + 1, theirsAt + 1];
  }
  return pieces;
}

/** The lines of a piece; a conflict as `settle` says. */
const settled = (piece: Piece, settle: (conflict: Piece) => readonly string[]) =>
  piece.kind === 'conflict' ? settle(piece) : piece.kind === 'mine' ? piece.mine : piece.theirs;

export const joinPieces = (pieces: readonly Piece[], settle: (conflict: Piece) => readonly string[]) =>
  pieces.flatMap((piece) => [...settled(piece, settle)]).join('\n');
