/** A line of a node: a column of a table. */
export interface GraphRow {
  id: string;
  label: string;
  /** Beside it, quietly: a type. */
  hint?: string;
  /** Part of a key. */
  key?: boolean;
}

export interface GraphNode {
  id: string;
  label: string;
  /** Under the label, quietly. */
  hint?: string;
  rows?: readonly GraphRow[];
}

export interface GraphEdge {
  from: string;
  to: string;
  fromRow?: string;
  toRow?: string;
  /** What the edge means: shown on hover, and in the table. */
  label?: string;
  /** Drawn dashed: not as sure as the others. */
  loose?: boolean;
}

/** A node, or one of its rows. */
export interface Spot {
  node: string;
  row?: string | undefined;
}

export const keyOf = ({ node, row }: Spot) => (row === undefined ? node : `${node}\u001f${row}`);

/** The two ends of an edge. */
export const startOf = ({ from, fromRow }: GraphEdge): Spot => ({ node: from, row: fromRow });
export const endOf = ({ to, toRow }: GraphEdge): Spot => ({ node: to, row: toRow });

const isAt = (end: Spot, { node, row }: Spot) => end.node === node && (row === undefined || end.row === row);
export const touches = (edge: GraphEdge, spot: Spot) => isAt(startOf(edge), spot) || isAt(endOf(edge), spot);

/** What stands at the other ends of a spot's edges, by key: nodes and rows; with the spot itself. */
export function neighbours(edges: readonly GraphEdge[], spot: Spot): Set<string> {
  const near = new Set([spot.node, keyOf(spot)]);
  for (const edge of edges.filter((each) => touches(each, spot)))
    for (const end of [startOf(edge), endOf(edge)]) near.add(end.node).add(keyOf(end));
  return near;
}
