import type { Schema } from '@/lib/api/client';

export type Depth = 'sample' | 'full';

/** What the form holds. */
export interface Wishes {
  connection: string;
  depth: Depth;
  sample_rows: string;
  tables: string;
  exclude: string;
  target: string;
}

type Connections = readonly Schema<'ConnectionView'>[];
type Plans = readonly Schema<'PlanView'>[];

/** Systems that a migration goes to, by their own names. */
export const TARGETS = [
  { kind: 'postgresql', name: 'PostgreSQL' },
  { kind: 'mysql', name: 'MariaDB / MySQL' },
  { kind: 'sqlite', name: 'SQLite' },
] as const;

/** Where the project's data comes from, as its plans say; else the first there is. */
export function firstConnection(connections: Connections, plans: Plans) {
  const sources = plans.map(({ source_connection_id }) => source_connection_id);
  const found = connections.find(({ connection_id }) => sources.includes(connection_id)) ?? connections[0];
  return found?.connection_id ?? '';
}

/** The kind of system that the project's plans go to; empty when they go elsewhere. */
export function targetOf(connections: Connections, plans: Plans) {
  const ids = plans.map(({ target_connection_id }) => target_connection_id);
  const kind = connections.find(({ connection_id }) => ids.includes(connection_id))?.kind;
  return TARGETS.find((each) => each.kind === kind)?.kind ?? '';
}

const patterns = (text: string) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

/** The request of what the form holds: what is left empty is left to the server. */
export function requestOf(wishes: Wishes, project_id: string): Schema<'StartAnalysis'> {
  const tables = patterns(wishes.tables);
  const exclude = patterns(wishes.exclude);
  const full = wishes.depth === 'full';
  const rows = Number(wishes.sample_rows);
  return {
    project_id,
    full,
    ...(tables.length > 0 && { tables }),
    ...(exclude.length > 0 && { exclude }),
    ...(!full && rows > 0 && { sample_rows: rows }),
    ...(wishes.target && { target: wishes.target }),
  };
}
