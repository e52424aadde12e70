import { Graph, layout } from '@dagrejs/dagre';
import { headOf, ROW, sizeOf, type Sized } from './measures';
import type { GraphEdge, GraphNode, Spot } from './model';

export interface Box extends Sized {
  x: number;
  y: number;
}

export interface Layout {
  boxes: ReadonlyMap<string, Box>;
  width: number;
  height: number;
}

const GAP = 32;
const MARGIN = 16;
const BETWEEN_RANKS = 96;
const BETWEEN_NODES = 24;
/** How much wider than high the whole is to be. */
const PROPORTION = 1.9;

/** Nodes that hang together, the largest groups first. */
function groupsOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]) {
  const parent = new Map(nodes.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) root = parent.get(root) ?? root;
    parent.set(id, root);
    return root;
  };
  for (const { from, to } of edges) if (parent.has(from) && parent.has(to)) parent.set(rootOf(from), rootOf(to));
  const groups = new Map<string, GraphNode[]>();
  for (const node of nodes) groups.set(rootOf(node.id), [...(groups.get(rootOf(node.id)) ?? []), node]);
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** One group, layer by layer from what leads to what is led to. */
function placeGroup(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: BETWEEN_NODES, ranksep: BETWEEN_RANKS });
  graph.setDefaultEdgeLabel(() => ({}));
  const sizes = nodes.map((node) => sizeOf(node, edges));
  for (const { node, width, height } of sizes) graph.setNode(node.id, { width, height });
  for (const { from, to } of edges)
    if (from !== to && graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  const boxes = new Map<string, Box>();
  for (const size of sizes) {
    const centre = graph.node(size.node.id) as { x: number; y: number };
    boxes.set(size.node.id, { ...size, x: centre.x - size.width / 2, y: centre.y - size.height / 2 });
  }
  const all = [...boxes.values()];
  return {
    boxes,
    width: Math.max(...all.map(({ x, width }) => x + width)),
    height: Math.max(...all.map(({ y, height }) => y + height)),
  };
}

/** Groups side by side on shelves, the highest first. */
export function placeGraph(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Layout {
  const parts = groupsOf(nodes, edges)
    .map((group) => placeGroup(group, edges))
    .sort((a, b) => b.height - a.height);
  const area = parts.reduce((sum, { width, height }) => sum + (width + GAP) * (height + GAP), 0);
  const widest = Math.max(Math.sqrt(area * PROPORTION), ...parts.map(({ width }) => width));
  const boxes = new Map<string, Box>();
  let [x, y, shelf, right] = [MARGIN, MARGIN, 0, 0];
  for (const part of parts) {
    if (x > MARGIN && x + part.width > widest + MARGIN) [x, y, shelf] = [MARGIN, y + shelf + GAP, 0];
    for (const [id, box] of part.boxes) boxes.set(id, { ...box, x: box.x + x, y: box.y + y });
    x += part.width + GAP;
    shelf = Math.max(shelf, part.height);
    right = Math.max(right, x - GAP);
  }
  return { boxes, width: right + MARGIN, height: y + shelf + MARGIN };
}

/** The height at which an edge meets a node: its row's, or its head's. */
export function anchorOf({ node, rows, hidden, y }: Box, { row }: Spot) {
  const at = row === undefined ? -1 : rows.findIndex(({ id }) => id === row);
  if (at >= 0) return y + headOf(node) + at * ROW + ROW / 2;
  return row !== undefined && hidden > 0 ? y + headOf(node) + rows.length * ROW + ROW / 2 : y + headOf(node) / 2;
}

const text = (...numbers: number[]) => numbers.map((each) => each.toFixed(1)).join(' ');

/** A curve between two nodes that leaves and arrives sideways. */
export function pathOf(from: Box, to: Box, fromY: number, toY: number) {
  const ahead = to.x >= from.x + from.width;
  const behind = to.x + to.width <= from.x;
  const x1 = behind ? from.x : from.x + from.width;
  const x2 = ahead ? to.x : to.x + to.width;
  const bend = ahead || behind ? Math.max(28, Math.abs(x2 - x1) / 2) : 44;
  const c1 = behind ? x1 - bend : x1 + bend;
  const c2 = ahead ? x2 - bend : x2 + bend;
  return `M${text(x1, fromY)}C${text(c1, fromY, c2, toY, x2, toY)}`;
}
