import type { GraphEdge, GraphNode, GraphRow } from '@/components/graph-view';

/** Where a column of the target comes from. */
export interface LineageItem {
  source_table: string;
  /** Absent of constants, and of what takes several columns at once. */
  source_column?: string;
  target_table: string;
  target_column: string;
  kind: string;
  expression?: string;
}

const sourceId = (table: string) => `source ${table}`;
const targetId = (table: string) => `target ${table}`;

class Rows {
  private readonly tables = new Map<string, Map<string, GraphRow>>();

  add(table: string, column: string | undefined) {
    const rows = this.tables.get(table) ?? new Map<string, GraphRow>();
    if (column !== undefined) rows.set(column, { id: column, label: column });
    this.tables.set(table, rows);
  }

  nodes(idOf: (table: string) => string, hint: string): GraphNode[] {
    return [...this.tables].map(([table, rows]) => ({
      id: idOf(table),
      label: table,
      hint,
      rows: [...rows.values()],
    }));
  }
}

interface Words {
  source: string;
  target: string;
  /** What an item does to its column. */
  kindOf: (item: LineageItem) => string;
}

/** Source tables to target tables, column by column. */
export function lineageGraph(items: readonly LineageItem[], { source, target, kindOf }: Words) {
  const sources = new Rows();
  const targets = new Rows();
  for (const item of items) {
    sources.add(item.source_table, item.source_column);
    targets.add(item.target_table, item.target_column);
  }
  const edges: GraphEdge[] = items.map((item) => ({
    from: sourceId(item.source_table),
    ...(item.source_column !== undefined && { fromRow: item.source_column }),
    to: targetId(item.target_table),
    toRow: item.target_column,
    label: item.expression ? `${kindOf(item)}: ${item.expression}` : kindOf(item),
    loose: item.kind === 'constant',
  }));
  return { nodes: [...sources.nodes(sourceId, source), ...targets.nodes(targetId, target)], edges };
}

/** The target's tables, in alphabetical order. */
export const tablesOf = (items: readonly LineageItem[]) =>
  [...new Set(items.map(({ target_table }) => target_table))].sort((a, b) => a.localeCompare(b));
