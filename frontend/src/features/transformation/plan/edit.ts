import {
  isCollection,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  YAMLSeq,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { joinPieces, mergePieces } from '@/lib/text/merge';
import type { PlanPath } from './document';

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Keys in the order in which documents have them: of plans, and of rules and masks. */
const PLAN_KEYS =
  'version name source target tables naming mode key where mappings columns rest rules types on run ' +
  'connection schema expr type assume_zone mask match to';
const RULE_KEYS = 'kind key name column min max pattern values expr severity';
const orderOf = (map: YAMLMap) => (map.has('kind') ? RULE_KEYS : PLAN_KEYS).split(' ');

/** How the text is laid out, as far as the writer can follow it. */
function styleOf(text: string) {
  const indented = /^[\w-]+:[^\n]*\n(?:\s*#[^\n]*\n|\s*\n)*( +)(?:- |\w)/m.exec(text);
  return {
    indent: Math.max(indented?.[1]?.length ?? 2, 2),
    indentSeq: !/^[\w-]+:\s*\n- /m.test(text),
    flowCollectionPadding: /\{ \S/.test(text),
    lineWidth: 0,
  };
}

const meaningOf = (text: string) => {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : JSON.stringify(document.toJS());
};

/**
 * Changes the plan and nothing else in its text: lines that mean the same afterwards stay as they were written, with
 * their comments. Where that cannot be, the text is laid out anew; comments and order stay even then.
 */
export function editPlan(text: string, change: (document: Document.Parsed) => void): string {
  const document = parseDocument(text);
  if (document.errors.length > 0) return text;
  const style = styleOf(text);
  const before = document.toString(style);
  change(document);
  const wanted = document.toString(style);
  if (wanted === before) return text;
  const merged = joinPieces(mergePieces(before, wanted, text), ({ mine }) => mine);
  return meaningOf(merged) === meaningOf(wanted) ? merged : wanted;
}

const isPlain = (text: string) => /^[A-Za-z_][\w.-]*( [\w.-]+)*$/.test(text) && parseDocument(text).toJS() === text;

function quoted(value: Value, like: Scalar): string | undefined {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (like.type === 'PLAIN' && isPlain(value)) return value;
  if (like.type === 'QUOTE_SINGLE' && !value.includes('\n')) return `'${value.replaceAll("'", "''")}'`;
  if (like.type === 'PLAIN' || like.type === 'QUOTE_DOUBLE')
    return value.includes('\n') ? undefined : JSON.stringify(value);
  return undefined;
}

/** The text with one value in another's place, when that is all it takes. */
function replaced(text: string, path: PlanPath, value: Value): string | undefined {
  const document = parseDocument(text);
  const node = document.errors.length > 0 ? undefined : document.getIn(path, true);
  if (!isScalar(node) || !node.range || typeof value === 'object') return undefined;
  const word = quoted(value, node);
  if (word === undefined) return undefined;
  const changed = text.slice(0, node.range[0]) + word + text.slice(node.range[1]);
  document.setIn(path, value);
  return meaningOf(changed) === JSON.stringify(document.toJS()) ? changed : undefined;
}

const keyOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : String(key));

/** Puts a new key where documents have it. */
function insertKey(document: Document, map: YAMLMap, key: string, value: unknown) {
  const order = orderOf(map);
  const after = map.items.findLastIndex((pair) => order.indexOf(keyOf(pair)) < order.indexOf(key));
  map.items.splice(after + 1, 0, document.createPair(key, value) as never);
}

/** A text of several lines stands as such, which needs its item to stand in lines too. */
function nodeOf(document: Document, value: Value, path: PlanPath) {
  const node = document.createNode(value);
  if (isScalar(node) && typeof value === 'string' && value.includes('\n')) {
    node.type = 'BLOCK_LITERAL';
    for (let length = 1; length < path.length; length += 1) {
      const around = document.getIn(path.slice(0, length), true);
      if (isCollection(around)) around.flow = false;
    }
  }
  if (isCollection(node)) node.flow = true;
  return node;
}

function setIn(document: Document, path: PlanPath, value: Value) {
  const key = path[path.length - 1];
  const above = path.slice(0, -1);
  const parent = above.length === 0 ? document.contents : document.getIn(above, true);
  const node = nodeOf(document, value, path);
  if (isMap(parent) && typeof key === 'string' && !parent.has(key)) insertKey(document, parent, key, node);
  else if (parent === undefined && typeof above[0] === 'string') setIn(document, above, { [String(key)]: value });
  else {
    const old = document.getIn(path, true);
    if (isScalar(old) && isScalar(node)) node.comment = old.comment;
    document.setIn(path, node);
  }
}

/** The text with a value at a path; keys that are missing are made. */
export const withValue = (text: string, path: PlanPath, value: Value): string =>
  replaced(text, path, value) ??
  editPlan(text, (document) => {
    setIn(document, path, value);
  });

/** The text without what stands at a path; lists and maps that become empty go with it. */
export const without = (text: string, path: PlanPath): string =>
  editPlan(text, (document) => {
    let gone = path;
    do {
      document.deleteIn(gone);
      gone = gone.slice(0, -1);
      const rest = document.getIn(gone, true);
      if (!isCollection(rest) || rest.items.length > 0) break;
    } while (gone.length > 0 && typeof gone[gone.length - 1] === 'string');
  });

/** The text with one more item at the end of the list at a path. */
export const withItem = (text: string, path: PlanPath, item: Value, flow = true): string =>
  editPlan(text, (document) => {
    const node = document.createNode(item);
    if (isCollection(node)) node.flow = flow;
    const seq = document.getIn(path, true);
    if (isSeq(seq)) {
      seq.add(node);
      if (isCollection(node) && seq.items.length > 1 && !flow) node.spaceBefore = true;
    } else {
      const made = new YAMLSeq();
      made.items.push(node);
      setIn(document, path, []);
      document.setIn(path, made);
    }
  });

/** The text with a key of the map at a path in the place of another. */
export const swapped = (text: string, path: PlanPath, gone: string, key: string, value: Value): string =>
  editPlan(text, (document) => {
    document.deleteIn([...path, gone]);
    setIn(document, [...path, key], value);
  });
