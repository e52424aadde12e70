import { describe, expect, it } from 'vitest';
import { commonLines, diffLines, linesOf } from './line-diff';
import { joinPieces, mergePieces } from './merge';

const text = (...lines: string[]) => lines.join('\n');
const drawn = (from: string, to: string) =>
  diffLines(from, to).map(({ kind, text: line }) => ({ same: ' ', removed: '-', added: '+' })[kind] + line);

/** Texts of few different lines, so that much repeats; the same at every run. */
function* randomTexts(count: number) {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const one = () => text(...Array.from({ length: next(12) }, () => 'abcd'.charAt(next(4))));
  for (let at = 0; at < count; at += 1) yield [one(), one(), one()] as const;
}

describe('a diff', () => {
  it('shows what goes before what comes, with the lines around', () => {
    expect(drawn(text('a', 'b', 'c'), text('a', 'x', 'c', 'd'))).toEqual([' a', '-b', '+x', ' c', '+d']);
  });
  it('numbers the lines of both sides', () => {
    expect(diffLines(text('a', 'b'), text('b'))).toEqual([
      { kind: 'removed', text: 'a', from: 1 },
      { kind: 'same', text: 'b', from: 2, to: 1 },
    ]);
  });
  it('makes each text of the other, whatever they are', () => {
    for (const [from, to] of randomTexts(300)) {
      const lines = diffLines(from, to);
      expect(lines.filter(({ kind }) => kind !== 'added').map((line) => line.text)).toEqual(linesOf(from));
      expect(lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text)).toEqual(linesOf(to));
    }
  });
  it('finds as much in common as there is', () => {
    const left = [...'abcabba'];
    const right = [...'cbabac'];
    expect(commonLines(left, right)).toHaveLength(4);
  });
  it('gives up on texts with nothing in common instead of taking long', () => {
    const many = (letter: string) => text(...Array.from({ length: 20_000 }, (_, at) => letter + String(at)));
    expect(diffLines(many('a'), many('b'))).toHaveLength(40_000);
  });
});

const conflictsOf = (base: string, mine: string, theirs: string) =>
  mergePieces(base, mine, theirs).filter(({ kind }) => kind === 'conflict');
const merged = (base: string, mine: string, theirs: string) =>
  joinPieces(mergePieces(base, mine, theirs), (conflict) => ['<', ...conflict.mine, '|', ...conflict.theirs, '>']);

describe('a merge', () => {
  it('takes what only one side changed', () => {
    const base = text('a', 'b', 'c', 'd', 'e');
    expect(merged(base, text('a', 'B', 'c', 'd', 'e'), text('a', 'b', 'c', 'E'))).toBe(text('a', 'B', 'c', 'E'));
  });
  it('asks where both changed the same line, and not where they agree', () => {
    expect(merged(text('a', 'b', 'c'), text('a', 'x', 'c'), text('a', 'y', 'c'))).toBe(
      text('a', '<', 'x', '|', 'y', '>', 'c'),
    );
    expect(conflictsOf(text('a', 'b'), text('a', 'x'), text('a', 'x'))).toEqual([]);
  });
  it('asks where one side removed what the other changed', () => {
    expect(merged(text('a', 'b', 'c'), text('a', 'c'), text('a', 'y', 'c'))).toBe(text('a', '<', '|', 'y', '>', 'c'));
  });
  it('keeps both sides whole, whatever the texts are', () => {
    for (const [base, mine, theirs] of randomTexts(300)) {
      const pieces = mergePieces(base, mine, theirs);
      const side = (name: 'base' | 'mine' | 'theirs') => pieces.flatMap((piece) => [...piece[name]]);
      expect(side('base')).toEqual(linesOf(base));
      expect(side('mine')).toEqual(linesOf(mine));
      expect(side('theirs')).toEqual(linesOf(theirs));
      expect(merged(base, base, theirs)).toBe(theirs);
      expect(merged(base, mine, base)).toBe(mine);
    }
  });
});
