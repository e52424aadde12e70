import type { Assessment, Dependency, TableSummary } from './assessment';
import { indexesOf } from './objects';

export type TreeKind = 'group' | 'table' | 'column' | 'keys' | 'key' | 'reference' | 'index' | 'object';

/** What is chosen by a node, as the address says it. */
export interface Place {
  table?: string;
  column?: string;
  /** "view name" of what is no table. */
  object?: string;
}

export interface TreeNode {
  id: string;
  kind: TreeKind;
  /** A name of the source; empty for groups and keys, whose label is a text of the app. */
  name: string;
  /** What kind of objects a group holds. */
  of?: string;
  /** Beside the name: a type, the columns of a key. */
  detail?: string;
  count?: number;
  marks?: { key?: boolean; personal?: boolean; declared?: boolean; unique?: boolean };
  place?: Place;
  children: readonly TreeNode[];
}

const columnsOf = (table: TableSummary, own: readonly Dependency[]): TreeNode[] =>
  table.cards.map((card) => ({
    id: `column ${table.name} ${card.name}`,
    kind: own.some(({ columns }) => columns.length === 1 && columns[0] === card.name) ? 'reference' : 'column',
    name: card.name,
    detail: card.type,
    marks: { key: card.key, personal: card.personal },
    place: { table: table.name, column: card.name },
    children: [],
  }));

function keysOf(table: TableSummary, own: readonly Dependency[]): TreeNode[] {
  const place = { table: table.name };
  const primary: TreeNode[] = table.key
    ? [{ id: `key ${table.name}`, kind: 'key', name: table.key, marks: { key: true }, place, children: [] }]
    : [];
  const references = own.map(({ columns, parent, parent_columns, declared }): TreeNode => ({
    id: `reference ${table.name} ${columns.join(',')} ${parent} ${parent_columns.join(',')}`,
    kind: 'key',
    name: `${columns.join(', ')} → ${parent}`,
    detail: parent_columns.join(', '),
    marks: { declared },
    place,
    children: [],
  }));
  const children = [...primary, ...references];
  if (children.length === 0) return [];
  return [{ id: `keys ${table.name}`, kind: 'keys', name: '', count: children.length, children }];
}

function indexGroup(table: TableSummary): TreeNode[] {
  const children = indexesOf(table).map(({ name, columns, unique }, at): TreeNode => ({
    id: `index ${table.name} ${name} ${String(at)}`,
    kind: 'index',
    name,
    detail: columns.join(', '),
    marks: { unique },
    place: { table: table.name },
    children: [],
  }));
  if (children.length === 0) return [];
  return [{ id: `indexes ${table.name}`, kind: 'index', name: '', of: 'index', count: children.length, children }];
}

function tableNode(table: TableSummary, edges: readonly Dependency[]): TreeNode {
  const own = edges.filter(({ child }) => child === table.name);
  return {
    id: `table ${table.name}`,
    kind: 'table',
    name: table.name,
    count: table.columns,
    marks: { personal: table.personal_columns > 0 },
    place: { table: table.name },
    children: [...columnsOf(table, own), ...keysOf(table, own), ...indexGroup(table)],
  };
}

/** Views, triggers, routines and whatever else there is, by kind. */
function objectGroups({ complexity }: Assessment): TreeNode[] {
  const kinds = new Map<string, TreeNode[]>();
  for (const { kind, name } of complexity.objects) {
    if (kind === 'table') continue;
    const found = kinds.get(kind) ?? [];
    const object = `${kind} ${name}`;
    found.push({
      id: `object ${object} ${String(found.length)}`,
      kind: 'object',
      name,
      place: { object },
      children: [],
    });
    kinds.set(kind, found);
  }
  return [...kinds].map(([of, children]) => ({
    id: `group ${of}`,
    kind: 'group',
    name: '',
    of,
    count: children.length,
    children: children.sort((a, b) => a.name.localeCompare(b.name)),
  }));
}

/** What a system holds, as a tree: tables with their columns and keys, then all other objects by kind. */
export function treeOf(assessment: Assessment): TreeNode[] {
  const { edges } = assessment.dependencies;
  const tables = assessment.tables.map((table) => tableNode(table, edges));
  return [
    { id: 'group table', kind: 'group', name: '', of: 'table', count: tables.length, children: tables },
    ...objectGroups(assessment),
  ];
}

/** A node as it is shown: how deep, and which one of how many beside it. */
export interface TreeRow {
  node: TreeNode;
  level: number;
  position: number;
  siblings: number;
  open: boolean | undefined;
}

const fits = (node: TreeNode, wanted: string) => node.name.toLowerCase().includes(wanted);

/** Only what fits, and what it stands below. A table that fits keeps its columns when none of them fits. */
function narrow(nodes: readonly TreeNode[], wanted: string): TreeNode[] {
  return nodes.flatMap((node) => {
    const children = narrow(node.children, wanted);
    if (fits(node, wanted)) return [children.length > 0 ? { ...node, children } : node];
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

function flatten(nodes: readonly TreeNode[], isOpen: (node: TreeNode) => boolean, level: number): TreeRow[] {
  return nodes.flatMap((node, at) => {
    const open = node.children.length > 0 ? isOpen(node) : undefined;
    const row = { node, level, position: at + 1, siblings: nodes.length, open };
    return open ? [row, ...flatten(node.children, isOpen, level + 1)] : [row];
  });
}

/** The rows that are shown. While something is searched for, all that leads to what fits is open. */
export function rowsOf(nodes: readonly TreeNode[], opened: ReadonlySet<string>, search: string): TreeRow[] {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return flatten(nodes, ({ id }) => opened.has(id), 1);
  const leads = (node: TreeNode): boolean => node.children.some((child) => fits(child, wanted) || leads(child));
  return flatten(narrow(nodes, wanted), (node) => opened.has(node.id) || leads(node), 1);
}
