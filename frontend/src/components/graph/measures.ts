import type { GraphEdge, GraphNode, GraphRow } from './model';

export const HEAD = 30;
export const HINT = 18;
export const ROW = 22;
export const PAD = 12;
const CHARACTER = 7.2;
const NARROWEST = 132;
const WIDEST = 300;
const MOST_ROWS = 14;

/** Measures of the code font at 12 px; ideographs are as wide as they are high. */
const widthOf = (text: string) =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 12 : CHARACTER), 0);

/** As much of a text as has room. */
export function fitText(text: string, room: number) {
  if (widthOf(text) <= room) return text;
  let kept = '';
  for (const letter of text) {
    if (widthOf(`${kept}${letter}…`) > room) break;
    kept += letter;
  }
  return `${kept}…`;
}

export interface Sized {
  node: GraphNode;
  /** The rows that are drawn. */
  rows: readonly GraphRow[];
  /** How many are not. */
  hidden: number;
  width: number;
  height: number;
}

/** Of many rows those with edges and keys are drawn first; the others as far as there is room. */
function drawnRows(rows: readonly GraphRow[], linked: ReadonlySet<string>) {
  if (rows.length <= MOST_ROWS) return rows;
  const first = rows.filter(({ id, key }) => key || linked.has(id));
  const room = Math.max(0, MOST_ROWS - first.length);
  const kept = new Set([...first, ...rows.filter((row) => !first.includes(row)).slice(0, room)]);
  return rows.filter((row) => kept.has(row));
}

const roomOf = ({ label, hint }: GraphRow) => widthOf(label) + (hint ? widthOf(hint) + 16 : 0) + 18;

export const headOf = ({ hint }: GraphNode) => HEAD + (hint ? HINT : 0);

export function sizeOf(node: GraphNode, edges: readonly GraphEdge[]): Sized {
  const linked = new Set(
    edges.flatMap(({ from, to, fromRow, toRow }) => [
      ...(from === node.id && fromRow !== undefined ? [fromRow] : []),
      ...(to === node.id && toRow !== undefined ? [toRow] : []),
    ]),
  );
  const rows = drawnRows(node.rows ?? [], linked);
  const hidden = (node.rows?.length ?? 0) - rows.length;
  const wanted = Math.max(widthOf(node.label) * 1.05, widthOf(node.hint ?? ''), ...rows.map(roomOf)) + 2 * PAD;
  const lines = rows.length + (hidden > 0 ? 1 : 0);
  return {
    node,
    rows,
    hidden,
    width: Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, wanted))),
    height: headOf(node) + lines * ROW + (lines > 0 ? 6 : 0),
  };
}
