import type { GraphEdge, GraphNode } from '@/components/graph-view';
import type { Assessment, Dependency } from './assessment';

/** A table with more columns shows those that tie it to others. */
const MOST_ROWS = 12;

function rowsOf(table: Assessment['tables'][number], edges: readonly Dependency[]) {
  const tied = new Set(
    edges.flatMap(({ child, parent, columns, parent_columns }) => [
      ...(child === table.name ? columns : []),
      ...(parent === table.name ? parent_columns : []),
    ]),
  );
  const needed = table.cards.filter(({ name, key }) => key || tied.has(name));
  return table.cards.length <= MOST_ROWS ? table.cards : needed;
}

const rowOf = (columns: readonly string[], rows: ReadonlySet<string> | undefined) => {
  const [only] = columns;
  return columns.length === 1 && only !== undefined && rows?.has(only) ? only : undefined;
};

interface Words {
  declared: string;
  found: (edge: Dependency) => string;
  columns: (count: number) => string;
}

/** Tables and what ties them together: declared references, and those that the values tell of (loose). */
export function graphOf({ tables, dependencies }: Assessment, words: Words) {
  const names = new Set(tables.map(({ name }) => name));
  const edges = dependencies.edges.filter(({ child, parent }) => names.has(child) && names.has(parent));
  const shown = new Map(tables.map((table) => [table.name, rowsOf(table, edges)]));
  const rowNames = new Map([...shown].map(([name, rows]) => [name, new Set(rows.map((row) => row.name))]));
  const nodes = tables.map((table): GraphNode => ({
    id: table.name,
    label: table.name,
    hint: words.columns(table.columns),
    rows: (shown.get(table.name) ?? []).map(({ name, type, key }) => ({ id: name, label: name, hint: type, key })),
  }));
  const lines = edges.map((edge): GraphEdge => {
    const fromRow = rowOf(edge.columns, rowNames.get(edge.child));
    const toRow = rowOf(edge.parent_columns, rowNames.get(edge.parent));
    return {
      from: edge.child,
      to: edge.parent,
      ...(fromRow && { fromRow }),
      ...(toRow && { toRow }),
      label: edge.declared ? words.declared : words.found(edge),
      loose: !edge.declared,
    };
  });
  return { nodes, edges: lines };
}
