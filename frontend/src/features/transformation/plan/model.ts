import { idOf } from './parts';

/** A plan file as the form shows it: what stands in the text, leniently read; '' where nothing does. */
export interface PlanModel {
  name: string;
  source: string;
  target: string;
  schema: string;
  include: string[];
  exclude: string[];
  naming: string;
  tables: PlanTable[];
  types: TypeOverride[];
  on: Texts;
  run: Texts;
}

export type Texts = Record<string, string>;

export interface PlanTable {
  /** What it is called in addresses: its target, else its source; told apart where several are called the same. */
  id: string;
  source: string;
  /** The query when the source is one. */
  sql: string;
  target: string;
  mode: string;
  key: string[];
  where: string;
  rest: string;
  columns: PlanColumn[];
  rules: PlanRule[];
}

export interface PlanColumn {
  target: string;
  source: string;
  expr: string;
  /** By which of both it is made; an expression may be empty still. */
  by: 'source' | 'expr';
  type: string;
  zone: string;
  /** What replaces its values; '' where nothing does. */
  maskKind: string;
  /** The name of the key that the mask needs. */
  maskKey: string;
}

export interface PlanRule {
  kind: string;
  name: string;
  column: string;
  severity: string;
  min: string;
  max: string;
  pattern: string;
  values: string[];
  expr: string;
}

export interface TypeOverride {
  sourceType: string;
  table: string;
  column: string;
  to: string;
}

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const tree = (value: unknown): Tree => (isTree(value) ? value : {});
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isScalar = (value: unknown) => ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
const text = (value: unknown) => (isScalar(value) ? String(value) : '');
const texts = (value: unknown) => (isScalar(value) ? [String(value)] : list(value).map(text));

function columnOf(value: unknown): PlanColumn {
  const { target, source, expr, type, assume_zone, mask } = tree(value);
  const { kind, key } = tree(mask);
  return {
    target: text(target),
    source: text(source),
    expr: text(expr),
    by: expr === undefined ? 'source' : 'expr',
    type: text(type),
    zone: text(assume_zone),
    maskKind: kind === null ? 'null' : text(kind),
    maskKey: text(key),
  };
}

function ruleOf(value: unknown): PlanRule {
  const { kind, name, column, severity, min, max, pattern, values, expr } = tree(value);
  return {
    kind: text(kind),
    name: text(name),
    column: text(column),
    severity: text(severity),
    min: text(min),
    max: text(max),
    pattern: text(pattern),
    values: texts(values),
    expr: text(expr),
  };
}

function tableOf(value: unknown): PlanTable {
  const { source, target, mode, key, where, rest, columns, rules } = tree(value);
  return {
    id: text(target) || text(source),
    source: text(source),
    sql: text(tree(source).sql),
    target: text(target),
    mode: text(mode),
    key: texts(key),
    where: text(where),
    rest: text(rest),
    columns: list(columns).map(columnOf),
    rules: list(rules).map(ruleOf),
  };
}

function toldApart(tables: readonly PlanTable[]): PlanTable[] {
  const seen = new Map<string, number>();
  return tables.map((table) => {
    const before = seen.get(table.id) ?? 0;
    seen.set(table.id, before + 1);
    return { ...table, id: idOf(table.id, before) };
  });
}

function overrideOf(value: unknown): TypeOverride {
  const { match, to } = tree(value);
  const { source_type, table, column } = tree(match);
  return { sourceType: text(source_type), table: text(table), column: text(column), to: text(to) };
}

/** The scalars of a map; null is a word of its own (`zero_date: null`). */
const scalars = (value: unknown, prefix = ''): Texts =>
  Object.assign(
    {},
    ...Object.entries(tree(value)).map(([name, each]) =>
      isTree(each) ? scalars(each, `${prefix}${name}.`) : { [prefix + name]: each === null ? 'null' : text(each) },
    ),
  ) as Texts;

export function modelOf(value: unknown): PlanModel {
  const { name, source, target, tables, naming, mappings, types, on, run } = tree(value);
  return {
    name: text(name),
    source: text(tree(source).connection),
    target: text(tree(target).connection),
    schema: text(tree(target).schema),
    include: texts(tree(tables).include),
    exclude: texts(tree(tables).exclude),
    naming: text(tree(naming).case),
    tables: toldApart(list(mappings).map(tableOf)),
    types: list(types).map(overrideOf),
    on: scalars(on),
    run: scalars(run),
  };
}
