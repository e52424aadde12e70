import type { Assessment, TableSummary } from './assessment';

type CatalogObject = Assessment['objects'][number];

// Assessments that an earlier version stored tell of neither.

export const objectsOf = ({ objects = [] }: Partial<Pick<Assessment, 'objects'>>): readonly CatalogObject[] => objects;

export const indexesOf = ({ index_list = [] }: Partial<Pick<TableSummary, 'index_list'>>) => index_list;

/** "view name" of an object, as addresses have it. */
export const objectId = ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`;

/** The objects whose definition names it. */
export const usersOf = (assessment: Assessment, used: { kind: string; name: string }) =>
  objectsOf(assessment).filter(({ uses }) => uses.some(({ kind, name }) => kind === used.kind && name === used.name));
