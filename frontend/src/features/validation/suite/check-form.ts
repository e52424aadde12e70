import { SHAPES, TEXTS, textsOf, type Kind, type TextName } from './kinds';
import type { Check } from './suite-text';

/** A check as the form shows it: texts and choices. */
export type Texts = Record<TextName, string>;
export interface Choices {
  kind: Kind;
  side: string;
  severity: string;
  enabled: boolean;
  distance: string;
  nullable: string;
  scalar: boolean;
  againstSide: string;
}

type Members = Readonly<Record<string, unknown>>;

const plain = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
const listed = (value: unknown, between: string) =>
  Array.isArray(value) ? value.map(plain).join(between) : plain(value);
const objectOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

export function textsFrom(members: Members): Texts {
  const against = objectOf(members.against);
  const special: Partial<Texts> = {
    column: listed(members.column, ', '),
    values: listed(members.values, '\n'),
    againstTable: plain(against.table),
    againstColumn: listed(against.column, ', '),
  };
  return Object.fromEntries(TEXTS.map((name) => [name, special[name] ?? plain(members[name])])) as Texts;
}

export function choicesFrom(kind: Kind, members: Members): Choices {
  return {
    kind,
    side: plain(members.side) || 'target',
    severity: plain(members.severity) || 'error',
    enabled: members.enabled !== false,
    distance: plain(members.distance) || 'psi',
    nullable: plain(members.nullable),
    scalar: members.scalar === true,
    againstSide: plain(objectOf(members.against).side),
  };
}

/** A number where the text is one, word for word; else the text. */
const scalarOf = (text: string) => (text !== '' && String(Number(text)) === text ? Number(text) : text);
const given = (text: string) => text.trim() || undefined;
const split = (text: string, between: string) =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean);
const oneOrMore = (parts: string[]) => (parts.length > 1 ? parts : parts[0]);

function againstOf({ againstTable, againstColumn }: Texts, { againstSide }: Choices, before: unknown) {
  const { where } = objectOf(before);
  const against = {
    ...(againstSide && { side: againstSide }),
    ...(againstTable.trim() && { table: againstTable.trim() }),
    ...(againstColumn.trim() && { column: oneOrMore(split(againstColumn, ',')) }),
    ...(where !== undefined && { where }),
  };
  return Object.keys(against).length > 0 ? against : undefined;
}

const MEMBERS = [
  'min',
  'max',
  'pattern',
  'expr',
  'max_age',
  'bins',
  'type',
  'sql',
  'where',
  'owner',
  'name',
  'description',
] as const;
const NUMBERS = new Set<string>(['min', 'max', 'bins']);

/** The members of the check that the form says; `undefined` for what a check of that kind has not, or the default. */
export function membersOf(
  texts: Texts,
  choices: Choices,
  flow: boolean,
  before: Members = {},
): Record<string, unknown> {
  const { kind } = choices;
  const has = new Set<string>(textsOf(kind));
  const own = (name: TextName, value: unknown) => (has.has(name) ? value : undefined);
  const simple = MEMBERS.map((name) => {
    const text = given(texts[name]);
    return [name, own(name, text === undefined || !NUMBERS.has(name) ? text : scalarOf(text))];
  });
  return {
    kind,
    side: flow ? choices.side : undefined,
    table: own('table', given(texts.table)),
    column: own('column', oneOrMore(split(texts.column, ','))),
    ...(Object.fromEntries(simple) as Record<string, unknown>),
    values: own('values', split(texts.values, '\n').length > 0 ? split(texts.values, '\n') : undefined),
    against: own('againstTable', againstOf(texts, choices, before.against)),
    tolerance: own('tolerance', given(texts.tolerance) === undefined ? undefined : scalarOf(texts.tolerance.trim())),
    distance: kind === 'distribution' && choices.distance !== 'psi' ? choices.distance : undefined,
    nullable: kind === 'column' && choices.nullable ? choices.nullable === 'true' : undefined,
    scalar: kind === 'sql' && choices.scalar ? true : undefined,
    severity: choices.severity === 'error' ? undefined : choices.severity,
    enabled: choices.enabled ? undefined : false,
    ...(kind !== 'distribution' && { baseline: undefined }),
  };
}

/** What is not there and must be. */
export const missingOf = (texts: Texts, kind: Kind) => SHAPES[kind].required.filter((name) => !texts[name].trim());

/** What a check is about: "customer.id, customer.name". */
export function subjectOf({ members }: Check) {
  const table = plain(members.table);
  const columns = listed(members.column, ', ');
  return columns && table ? `${table}.${columns}` : table || columns;
}

/** What it demands, in signs that every language has. */
export function demandOf({ members }: Check): string {
  const [min, max] = [plain(members.min), plain(members.max)];
  const against = objectOf(members.against);
  const other = [plain(against.side), plain(against.table), listed(against.column, ', ')].filter(Boolean).join('.');
  const bounds = min && max ? `${min} … ${max}` : min ? `≥ ${min}` : max ? `≤ ${max}` : '';
  const texts = ['pattern', 'expr', 'max_age', 'type', 'sql'].map((name) => plain(members[name]));
  return [...texts, listed(members.values, ', '), bounds, other && `→ ${other}`].filter(Boolean).join(' ');
}
