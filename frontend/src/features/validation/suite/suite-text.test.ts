import { describe, expect, it } from 'vitest';
import { choicesFrom, demandOf, membersOf, missingOf, subjectOf, textsFrom } from './check-form';
import { isKind, KINDS, textsOf } from './kinds';
import { decide, readSuite, removeCheck, setCheck } from './suite-text';

const TEXT = `version: 1
attach: source
checks:
  # 0.98: no NULL in 400 rows
  - kind: not_null
    table: customer
    column: id
  # 1.00: it is declared so
  - kind: unique
    table: customer
    column: [a, b]
    tolerance: 0.5%
  - {kind: range, table: customer, column: age, min: 0, max: 150}
`;
const checks = (text = TEXT) => readSuite(text)?.checks ?? [];

describe('the text of a suite', () => {
  it('says which checks wait for a decision, and why they were proposed', () => {
    expect(checks().map(({ remark }) => remark)).toEqual([
      { confidence: 0.98, reason: 'no NULL in 400 rows' },
      { confidence: 1, reason: 'it is declared so' },
      undefined,
    ]);
    expect(readSuite('checks: [')).toBeUndefined();
  });
  it('keeps what is accepted with its reason, drops what is left out, and leaves the rest', () => {
    const decided = decide(
      TEXT,
      new Map([
        [0, 'accept'],
        [1, 'leave'],
      ]),
    );
    expect(decided).toBe(`version: 1
attach: source
checks:
  - kind: not_null
    table: customer
    column: id
    description: no NULL in 400 rows
  - {kind: range, table: customer, column: age, min: 0, max: 150}
`);
  });
  it('is the same where nothing is changed: other checks and their comments', () => {
    const changed = setCheck(TEXT, 2, { kind: 'range', max: 120, min: 0, where: undefined });
    expect(changed).toBe(TEXT.replace('max: 150', 'max: 120'));
    expect(removeCheck(TEXT, 2)).toBe(TEXT.split('  - {kind')[0]);
  });
  it('of JSON becomes YAML', () => {
    const changed = setCheck('{"version": 1, "checks": []}', undefined, { kind: 'row_count', table: 't', min: 1 });
    expect(changed).toBe('version: 1\nchecks:\n  - kind: row_count\n    table: t\n    min: 1\n');
  });
});

describe('the form of a check', () => {
  const MEMBERS = [
    { kind: 'unique', table: 'customer', column: ['a', 'b'], tolerance: '0.5%', severity: 'warn' },
    { kind: 'in', table: 't', column: 'c', values: ['x', '1'], owner: 'data team' },
    { kind: 'range', table: 't', column: 'c', min: 0, max: '12345678901234567890', where: 'a > 1', enabled: false },
    { kind: 'row_count', table: 't', against: { side: 'source', where: 'x' }, side: 'target' },
    { kind: 'distribution', table: 't', column: 'c', max: 0.1, distance: 'ks', baseline: { shares: [1] } },
    { kind: 'references', table: 't', column: 'c', against: { table: 'u', column: ['d', 'e'] } },
    { kind: 'column', table: 't', column: 'c', type: 'integer', nullable: false },
    { kind: 'sql', sql: 'SELECT 1', scalar: true, min: 0 },
  ];
  it.each(MEMBERS)('gives back what it was given: $kind', (members) => {
    if (!isKind(members.kind)) throw new Error(members.kind);
    const made = membersOf(textsFrom(members), choicesFrom(members.kind, members), 'side' in members, members);
    const rest = 'baseline' in members ? { baseline: members.baseline } : {};
    expect(Object.fromEntries(Object.entries({ ...made, ...rest }).filter(([, value]) => value !== undefined))).toEqual(
      members,
    );
  });
  it('knows what is missing', () => {
    const texts = textsFrom({ table: 't' });
    expect(missingOf(texts, 'regex')).toEqual(['column', 'pattern']);
    expect(missingOf(texts, 'row_count')).toEqual([]);
  });
  it('offers for every kind what it requires', () => {
    for (const kind of KINDS) for (const name of missingOf(textsFrom({}), kind)) expect(textsOf(kind)).toContain(name);
  });
  it('says a check in one line', () => {
    expect(checks().map(subjectOf)).toEqual(['customer.id', 'customer.a, b', 'customer.age']);
    expect(checks().map(demandOf)).toEqual(['', '', '0 … 150']);
  });
});
