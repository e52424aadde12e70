import { describe, expect, it } from 'vitest';
import { acceptable, countsOf, takenTwice } from './filters';
import { layOut, linksIn, type View } from './slots';
import { bandOf, targetOf, wished, wishOf, type Shown, type TablePair } from './suggestion';

const one = (number: number, source: string | undefined, target?: string, more: Partial<Shown> = {}): Shown => ({
  number,
  table_number: 1,
  source_column: source,
  target_column: target,
  confidence: 0.9,
  sure: true,
  evidence: [],
  alternatives: [],
  decision: 'open',
  ...more,
});
const pair: TablePair = {
  number: 1,
  source_table: 'CUST',
  target_table: 'customer',
  confidence: 0.9,
  target_columns: ['id', 'full_name', 'email', 'city'],
};
const VIEW: View = { search: '', state: undefined, sort: 'order', tableOrder: false, headed: false };
const lay = (all: readonly Shown[], view: Partial<View> = {}, pairs = [pair]) =>
  layOut(pairs, all, takenTwice(all), { ...VIEW, ...view });
/** "SOURCE > target" of each line. */
const lines = (all: readonly Shown[], view: Partial<View> = {}) =>
  lay(all, view).slots.map((slot) =>
    slot.kind === 'tables' ? slot.pair.source_table : `${slot.one?.source_column ?? '-'} > ${slot.target ?? '-'}`,
  );

const NO = one(1, 'NO', 'id');
const NAME = one(2, 'NAME', 'full_name', { confidence: 0.5, sure: false });
const MAIL = one(3, 'MAIL', 'email', { confidence: 0.7, sure: false });
const NOTE = one(4, 'NOTE', undefined, { confidence: 0, sure: false });

describe('both sides', () => {
  it('stand beside each other, free columns of the target after all', () => {
    expect(lines([NO, NAME, NOTE, MAIL])).toEqual([
      'NO > id',
      'NAME > full_name',
      'NOTE > -',
      'MAIL > email',
      '- > city',
    ]);
  });
  it('follow decisions: another target, none at all', () => {
    const changed = wished(NAME, { decision: 'changed', target_column: 'city' }, 'waiting');
    const rejected = wished(MAIL, { decision: 'rejected' }, 'waiting');
    expect(lines([changed, rejected])).toEqual(['NAME > city', 'MAIL > -', '- > id', '- > full_name', '- > email']);
  });
  it('may stand in the order of their tables; the links say what belongs together', () => {
    const { slots, links } = lay([MAIL, NO], { tableOrder: true });
    expect(slots.map((slot) => slot.kind === 'columns' && slot.target)).toEqual(['id', 'full_name', 'email', 'city']);
    expect(links.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [1, 0],
    ]);
    expect(linksIn(links, 2, 3)).toHaveLength(1);
  });
  it('are linked from every column of which a target is made', () => {
    const joined = one(5, 'LAST', 'full_name', {
      transformation: { kind: 'join', sources: ['FIRST', 'LAST'], expr: 'x', text: '', confidence: 0.9 },
    });
    const { links } = lay([one(6, 'FIRST'), joined]);
    expect(links.map(({ from, to, part }) => ({ from, to, part }))).toEqual([
      { from: 1, to: 1, part: false },
      { from: 0, to: 1, part: true },
    ]);
  });
  it('are found by either name, filtered by state, sorted by how sure they are', () => {
    expect(lines([NO, NAME, MAIL], { search: 'ail' })).toEqual(['MAIL > email']);
    expect(lines([NO, NAME, MAIL], { search: 'FULL' })).toEqual(['NAME > full_name']);
    expect(lines([NO, NAME, MAIL, NOTE], { state: 'questions' })).toEqual([
      'NAME > full_name',
      'MAIL > email',
      'NOTE > -',
    ]);
    expect(lines([NO, NAME, MAIL], { sort: 'unsurest', state: 'open' })).toEqual([
      'NAME > full_name',
      'MAIL > email',
      'NO > id',
    ]);
  });
  it('leave out tables in which nothing fits, and their headings', () => {
    const other = { ...pair, number: 2, source_table: 'ORD', target_columns: ['total'] };
    const { slots } = lay([NO, one(9, 'SUM', 'total', { table_number: 2 })], { headed: true, search: 'sum' }, [
      pair,
      other,
    ]);
    expect(slots.map(({ key }) => key)).toEqual(['t2', 's9']);
  });
});

describe('a suggestion', () => {
  it('is certain, likely or unsure', () => {
    expect([NO, MAIL, NAME, NOTE].map(bandOf)).toEqual(['certain', 'likely', 'unsure', 'none']);
  });
  it('is after a wish what the server makes of it', () => {
    const withExpr = one(7, 'DOB', 'birth', {
      transformation: { kind: 'date_format', sources: ['DOB'], expr: 'strptime(DOB)', text: '', confidence: 0.9 },
    });
    const accepted = wished(withExpr, { decision: 'accepted' }, undefined);
    expect([targetOf(accepted), accepted.decided_expr]).toEqual(['birth', 'strptime(DOB)']);
    const wish = { decision: 'changed', target_column: 'city', expr: 'upper(DOB)' } as const;
    expect(wishOf(wished(withExpr, wish, undefined))).toEqual(wish);
    expect(targetOf(wished(accepted, { decision: 'rejected' }, undefined))).toBeUndefined();
    expect(wishOf(wished(accepted, { decision: 'open' }, undefined))).toEqual({ decision: 'open' });
  });
});

describe('many suggestions', () => {
  const accepted = { ...NO, decision: 'accepted', decided_target: 'id' } as const;
  it('are counted by their tables', () => {
    expect(countsOf([accepted, NAME, MAIL]).get(1)).toEqual({ total: 3, open: 2, questions: 2 });
  });
  it('are accepted as the server would: open ones with a target that are sure enough', () => {
    expect(acceptable([accepted, NAME, MAIL, NOTE], 0.6).map(({ number }) => number)).toEqual([3]);
    expect(acceptable([NOTE], 0)).toEqual([]);
  });
  it('that lead to one column of the target are told', () => {
    const second = { ...NAME, decision: 'changed', decided_target: 'id' } as const;
    expect([...takenTwice([accepted, second, MAIL])]).toEqual(['1/id']);
    expect([...takenTwice([accepted, { ...second, table_number: 2 }])]).toEqual([]);
    expect(lines([accepted, second, MAIL], { state: 'twice' })).toEqual(['NO > id', 'NAME > -']);
  });
});
