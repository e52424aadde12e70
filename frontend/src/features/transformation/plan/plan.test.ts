import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import texts from '../locales/en.json';
import { changesByTable } from './changes';
import { MODES, NAMINGS, ON, RESTS, RULE_KINDS, RUN, SEVERITIES } from './choices';
import { offsetOf, pathAt, placeOf, readPlan } from './document';
import { swapped, withItem, without, withValue } from './edit';
import { faultAt, placedFaults } from './faults';
import { columnsIn } from './sample';
import { namesOf, scalarOf } from './scalars';

const PLAN = `# From the old shop.
version: 1
name: shop

source: {connection: legacy}
target: {connection: crm}   # the new one

mappings:
  # Customers first.
  - source: TBL_CUST
    target: customers
    where: "DEL_DT IS NULL"
    rest: drop                                   # the others stay behind
    columns:
      - {target: id, source: CUST_NO}            # the key
      # Names come as "Last, First".
      - target: last_name
        expr: >-
          CASE WHEN contains(FULL_NM, ',') THEN split_part(FULL_NM, ',', 1)
               ELSE FULL_NM END
      - {target: email, expr: "lower(E_MAIL)", type: VARCHAR(120)}
    rules:
      - {kind: not_null, column: last_name, severity: reject}

  - source: PRODUKTE
    columns:
      - {target: name, source: BEZ}
on: {zero_date: null}
`;

/** Lines that are in one of both texts only. */
const differing = (from: string, to: string) => {
  const [left, right] = [from.split('\n'), to.split('\n')];
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `-${line}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+${line}`),
  ];
};

describe('reading', () => {
  it('shows what stands there', () => {
    const { model, faults } = readPlan(PLAN);
    expect(faults).toEqual([]);
    expect(model).toMatchObject({ name: 'shop', source: 'legacy', target: 'crm', on: { zero_date: 'null' } });
    expect(model.tables.map(({ id }) => id)).toEqual(['customers', 'PRODUKTE']);
    expect(model.tables[0]).toMatchObject({ where: 'DEL_DT IS NULL', rest: 'drop' });
    expect(model.tables[0]?.columns.map(({ target, by }) => [target, by])).toEqual([
      ['id', 'source'],
      ['last_name', 'expr'],
      ['email', 'expr'],
    ]);
  });
  it('is lenient with what is not as it should be, and says where the text is no YAML', () => {
    expect(readPlan('mappings: 7').model.tables).toEqual([]);
    expect(readPlan('mappings: [{columns: [3, {target: [1]}]}]').model.tables[0]?.columns).toHaveLength(2);
    const { faults, model } = readPlan('version: 1\nmappings: [\n');
    expect(faults[0]).toMatchObject({ line: 3 });
    expect(model.tables).toEqual([]);
  });
  it('reads JSON as well', () => {
    expect(readPlan('{"version": 1, "mappings": [{"source": "a"}]}').model.tables[0]?.source).toBe('a');
  });
  it('finds the place of a path, and the path of a place', () => {
    const reading = readPlan(PLAN);
    const path = ['mappings', 0, 'columns', 2, 'expr'];
    const place = placeOf(reading, path);
    expect(PLAN.slice(place?.from, place?.to)).toBe('"lower(E_MAIL)"');
    expect(pathAt(reading, (place?.from ?? 0) + 3)).toEqual(path);
    expect(pathAt(reading, offsetOf(PLAN, 11, 5))).toEqual(['mappings', 0, 'target']);
  });
});

describe('editing', () => {
  const column = ['mappings', 0, 'columns', 2] as const;
  it('changes one value and nothing else, quoted as it was', () => {
    expect(differing(PLAN, withValue(PLAN, [...column, 'expr'], "trim('x', E_MAIL)"))).toEqual([
      '-      - {target: email, expr: "lower(E_MAIL)", type: VARCHAR(120)}',
      `+      - {target: email, expr: "trim('x', E_MAIL)", type: VARCHAR(120)}`,
    ]);
    expect(differing(PLAN, withValue(PLAN, ['mappings', 0, 'rest'], 'fail'))).toEqual([
      '-    rest: drop                                   # the others stay behind',
      '+    rest: fail                                   # the others stay behind',
    ]);
  });
  it('quotes what would be something else', () => {
    const text = withValue(PLAN, ['mappings', 0, 'target'], 'a: b');
    expect(readPlan(text).model.tables[0]?.target).toBe('a: b');
    expect(readPlan(withValue(PLAN, ['mappings', 0, 'target'], 'true')).model.tables[0]?.target).toBe('true');
    expect(withValue(PLAN, ['mappings', 0, 'target'], 'true')).toContain('target: "true"');
  });
  it('puts a new key where documents have it, and keeps comments and layout', () => {
    const text = withValue(PLAN, ['mappings', 0, 'mode'], 'append');
    expect(differing(PLAN, text)).toEqual(['+    mode: append']);
    expect(text.indexOf('mode: append')).toBeLessThan(text.indexOf('where:'));
    const deep = withValue(PLAN, ['run', 'throttle', 'rows_per_second'], 500);
    expect(readPlan(deep).model.run).toEqual({ 'throttle.rows_per_second': '500' });
    expect(differing(PLAN, deep)).toHaveLength(1);
  });
  it('changes text of several lines, in a list of one-line items too', () => {
    const folded = withValue(PLAN, ['mappings', 0, 'columns', 1, 'expr'], 'upper(FULL_NM)');
    expect(readPlan(folded).model.tables[0]?.columns[1]?.expr).toBe('upper(FULL_NM)');
    expect(folded).toContain('# Names come as "Last, First".');
    const long = 'CASE WHEN a\nTHEN b\nEND';
    const text = withValue(PLAN, [...column, 'expr'], long);
    expect(readPlan(text).model.tables[0]?.columns[2]?.expr).toBe(long);
    expect(text).toContain('# the others stay behind');
  });
  it('adds items, and removes them with what becomes empty', () => {
    const added = withItem(PLAN, ['mappings', 0, 'columns'], { target: 'city', source: 'ORT' });
    expect(differing(PLAN, added)).toEqual(['+      - {target: city, source: ORT}']);
    expect(differing(added, without(added, ['mappings', 0, 'columns', 3]))).toEqual([
      '-      - {target: city, source: ORT}',
    ]);
    const bare = without(PLAN, ['mappings', 1, 'columns', 0]);
    expect(bare).not.toContain('BEZ');
    expect(readPlan(bare).model.tables[1]).toMatchObject({ source: 'PRODUKTE', columns: [] });
    expect(differing(PLAN, without(PLAN, ['on', 'zero_date']))).toEqual(['-on: {zero_date: null}']);
  });
  it('begins lists that are not there', () => {
    const text = withItem('version: 1\n', ['mappings'], { source: 'a' }, false);
    expect(text).toBe('version: 1\nmappings:\n  - source: a\n');
    expect(withItem(text, ['mappings', 0, 'rules'], { kind: 'not_null', column: 'id' })).toContain(
      '    rules:\n      - {kind: not_null, column: id}',
    );
  });
  it('puts one key in the place of another', () => {
    const text = swapped(PLAN, ['mappings', 0, 'columns', 0], 'source', 'expr', 'CUST_NO');
    expect(readPlan(text).model.tables[0]?.columns[0]).toMatchObject({ by: 'expr', expr: 'CUST_NO', source: '' });
    expect(text).toContain('# the key');
  });
  it('follows another indentation', () => {
    const text = 'version: 1\nmappings:\n- source: a\n  columns:\n  - target: x   # first\n    source: y\n';
    expect(withValue(text, ['mappings', 0, 'rest'], 'drop')).toBe(`${text}  rest: drop\n`);
  });
  it('leaves alone what cannot be read', () => {
    expect(withValue('a: [', ['a'], 1)).toBe('a: [');
  });
});

describe('faults', () => {
  it('of the server are placed in the text and in the form', () => {
    const reading = readPlan(PLAN);
    const fault = { code: 'MIQ-PLAN-002', message: 'wrong', fix: 'right', place: 'plan:21:31', line: 21, column: 31 };
    const [placed] = placedFaults(reading, [fault]);
    expect(PLAN.slice(placed?.from, placed?.to)).toBe('"lower(E_MAIL)"');
    expect(faultAt(placed ? [placed] : [], ['mappings', 0, 'columns', 2])).toBe(placed);
    expect(faultAt(placed ? [placed] : [], ['mappings', 1])).toBeUndefined();
  });
});

describe('a mask', () => {
  const column = (mask: string) =>
    readPlan(`mappings: [{source: a, columns: [{target: b, mask: ${mask}}]}]`).model.tables[0]?.columns[0];
  it('is read with its key, and null is a kind', () => {
    expect(column('{kind: digits, key: pii}')).toMatchObject({ maskKind: 'digits', maskKey: 'pii' });
    expect(column('{kind: null}')).toMatchObject({ maskKind: 'null', maskKey: '' });
    expect(column('x')).toMatchObject({ maskKind: '', maskKey: '' });
  });
  it('gets its key behind its kind', () => {
    const text = 'mappings: [{columns: [{target: b, mask: {kind: digits}}]}]\n';
    expect(withValue(text, ['mappings', 0, 'columns', 0, 'mask', 'key'], 'pii')).toContain(
      'mask: {kind: digits, key: pii}',
    );
  });
});

describe('what the form offers', () => {
  const schema = JSON.parse(readFileSync('../docs/plan.schema.json', 'utf8')) as {
    properties: Record<string, { properties: Record<string, { enum?: unknown[]; default?: unknown }> }>;
    $defs: Record<string, { properties: Record<string, { enum?: unknown[] }> }>;
  };
  const words = (given: unknown[] | undefined) => [...new Set((given ?? []).map(String))].sort();
  const sorted = (given: readonly string[]) => [...given].sort();
  it('is what plan files may say', () => {
    const { mapping, rule } = schema.$defs;
    expect(sorted(MODES)).toEqual(words(mapping?.properties.mode?.enum));
    expect(sorted(RESTS)).toEqual(words(mapping?.properties.rest?.enum));
    expect(sorted(RULE_KINDS)).toEqual(words(rule?.properties.kind?.enum));
    expect(sorted(SEVERITIES)).toEqual(words(rule?.properties.severity?.enum));
    expect(sorted(NAMINGS)).toEqual(words(schema.properties.naming?.properties.case?.enum));
  });
  it('has words for every kind of mask', () => {
    expect(sorted(Object.keys(texts.mask.kinds))).toEqual(words(schema.$defs.mask?.properties.kind?.enum));
    expect(sorted(Object.keys(texts.mask.does))).toEqual(words(schema.$defs.mask?.properties.kind?.enum));
  });
  it.each([
    ['on', ON],
    ['run', RUN],
  ] as const)('under %s is what the schema has, the default first', (part, choices) => {
    for (const [key, values] of Object.entries(choices)) {
      const found = schema.properties[part]?.properties[key];
      expect(sorted(values)).toEqual(words(found?.enum));
      expect(values[0]).toBe(String(found?.default));
    }
  });
});

describe('small things', () => {
  it('tell numbers from names', () => {
    expect(['12', '-1.5', '007', '1e3', ' x ', ''].map(scalarOf)).toEqual([12, -1.5, '007', '1e3', 'x', '']);
    expect(namesOf(' a, b ,,c')).toEqual(['a', 'b', 'c']);
  });
  it('find the columns that an expression reads', () => {
    const names = ['id', 'full name', 'NAME', 'other'];
    expect(columnsIn(`upper(name) || "full name" || 'other'`, names)).toEqual(['full name', 'NAME']);
  });
  it('group what differs by table', () => {
    expect(
      changesByTable([
        { kind: 'changed', pointer: '/mappings/customers/columns/a~1b/expr', from: '1', to: '2' },
        { kind: 'added', pointer: '/run', from: null, to: { workers: 2 } },
      ]),
    ).toEqual([
      ['customers', [{ kind: 'changed', where: ['columns', 'a/b', 'expr'], from: '1', to: '2' }]],
      ['', [{ kind: 'added', where: ['run'], from: '', to: '{"workers":2}' }]],
    ]);
  });
});
