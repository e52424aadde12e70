import { describe, expect, it } from 'vitest';
import { document, resolve, type JsonSchema } from '@/testing/openapi';
import { KEPT_PATHS, keptPathOf } from './kept-paths';

const ID = '018f0000-0000-7000-8000-000000000000';
const concrete = (path: string) => path.replaceAll(/\{[^}]+\}/g, ID);
const entries = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => ({ path, method })),
);

/** A number that is called a value is a figure, no content of a row. */
const isFigure = (schema: JsonSchema) => ['number', 'integer'].includes(String(resolve(schema).type));

/**
 * Names of all members of an answer, however deep; '?' where the document leaves open what there may be. What is emptied
 * is not looked into.
 */
function membersOf(schema: JsonSchema, without: readonly string[], seen = new Set<JsonSchema>()): string[] {
  const found = resolve(schema);
  if (seen.has(found)) return [];
  seen.add(found);
  const { properties, items, anyOf, additionalProperties, type } = found;
  const inner = [items, ...(anyOf ?? []), ...(typeof additionalProperties === 'object' ? [additionalProperties] : [])];
  const open = !properties && !items && !anyOf && !additionalProperties && (!type || type === 'object');
  return [
    ...(open ? ['?'] : []),
    ...Object.entries(properties ?? {}).flatMap(([name, member]) =>
      isFigure(member) ? [] : [name, ...(without.includes(name) ? [] : membersOf(member, without, seen))],
    ),
    ...inner.flatMap((each) => (each ? membersOf(each, without, seen) : [])),
  ];
}

function answerOf(path: string): JsonSchema {
  const responses = document.paths[path]?.get?.responses ?? {};
  const schema = Object.values(responses['200']?.content ?? {})[0]?.schema;
  if (!schema) throw new Error(`${path} has no answer in the document`);
  return schema;
}

const UNWANTED =
  /secret|password|token|(^|_)key$|cookie|^link$|sample|^value|values$|quarantine|^before$|^after$|difference|top_|histogram|url/;
/** What holds values of data, credentials or people's files. */
const NEVER =
  /auth|api-keys|quarantine|repair|files|uploads|users|invitations|connections|analyses|check-runs|audit|channels|sample|export|logs|events/;

describe('what is kept in the browser', () => {
  it('is what the list names, of all that the API has', () => {
    const kept = entries.filter(({ path, method }) => keptPathOf(method, concrete(path))).map(({ path }) => path);
    expect(kept.sort()).toEqual(KEPT_PATHS.map(({ path }) => path).sort());
    expect(kept.filter((path) => NEVER.test(path))).toEqual([]);
  });
  it('is never the answer of a change', () => {
    const changed = entries.filter(({ method }) => method !== 'get');
    expect(changed.length).toBeGreaterThan(50);
    expect(changed.filter(({ path, method }) => keptPathOf(method, concrete(path)))).toEqual([]);
  });
  it.each(KEPT_PATHS.map((kept) => [kept.path, kept.without ?? []] as const))(
    '%s holds no secret, no value and no sample',
    (path, without) => {
      const members = membersOf(answerOf(path), without);
      expect(members.filter((name) => UNWANTED.test(name) && !without.includes(name))).toEqual([]);
      // Documents of no fixed form: what may stand in them is emptied.
      if (members.includes('?')) expect(without).toContain('message');
    },
  );
  it('empties the rows that a report quotes', () => {
    const report = KEPT_PATHS.find(({ path }) => path.endsWith('/report'));
    expect(report?.without).toEqual(expect.arrayContaining(['samples', 'differences', 'message']));
  });
});
