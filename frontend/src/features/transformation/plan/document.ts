import { isCollection, isPair, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { modelOf, type PlanModel } from './model';

export type PlanPath = readonly (string | number)[];

export interface TextFault {
  message: string;
  from: number;
  to: number;
  line: number;
  column: number;
}

/** A plan file's text, understood as far as it can be. */
export interface Reading {
  text: string;
  model: PlanModel;
  /** Why it is no YAML; the model is empty then. */
  faults: readonly TextFault[];
  document: Document.Parsed;
}

/** Aliases can make a small text a huge tree. */
const MOST_ALIASES = 100;

const firstLine = (message: string) => message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';

export function readPlan(text: string): Reading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: true });
  const faults = document.errors.map(({ message, pos: [from, to] }) => {
    const { line, col } = lines.linePos(from);
    return { message: firstLine(message), from, to: Math.max(to, from + 1), line, column: col };
  });
  const value: unknown = faults.length === 0 ? document.toJS({ maxAliasCount: MOST_ALIASES }) : undefined;
  return { text, model: modelOf(value), faults, document };
}

/** Where the value at a path stands in the text; its key's place when `key`. */
export function placeOf({ document }: Reading, path: PlanPath): { from: number; to: number } | undefined {
  const node = document.getIn(path, true) as Node | undefined;
  if (!node?.range) return undefined;
  return { from: node.range[0], to: Math.max(node.range[1], node.range[0] + 1) };
}

const covers = (node: unknown, at: number) => {
  const range = (node as Node | null | undefined)?.range;
  return range !== undefined && range !== null && range[0] <= at && at <= range[1];
};

/** The path of what stands at an offset of the text. */
export function pathAt({ document }: Reading, at: number): PlanPath {
  const path: (string | number)[] = [];
  let node: unknown = document.contents;
  while (isCollection(node)) {
    const index = node.items.findIndex((item) =>
      isPair(item) ? covers(item.key, at) || covers(item.value, at) : covers(item, at),
    );
    const item = node.items[index];
    if (item === undefined) break;
    if (isPair(item)) path.push(isScalar(item.key) ? String(item.key.value) : index);
    else path.push(index);
    node = isPair(item) ? item.value : item;
  }
  return path;
}

/** The offset of a line and column, both from 1. */
export function offsetOf(text: string, line: number, column = 1) {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf('\n', start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  return Math.min(start + column - 1, text.length);
}
