/** What may be kept in the browser, to be read while the server is away. Everything else is never kept. */
export interface KeptPath {
  /** As in the OpenAPI document; of GET only. */
  path: string;
  /** Members that are emptied first, wherever they stand: values of rows, and texts that may quote them. */
  without?: readonly string[];
}

const ERROR = ['message', 'detail'] as const;

export const KEPT_PATHS: readonly KeptPath[] = [
  { path: '/api/v1/me' },
  { path: '/api/v1/projects' },
  { path: '/api/v1/projects/{project_id}' },
  { path: '/api/v1/projects/{project_id}/steps' },
  { path: '/api/v1/projects/{project_id}/plans' },
  { path: '/api/v1/projects/{project_id}/matchings', without: ERROR },
  { path: '/api/v1/plans/{plan_id}' },
  { path: '/api/v1/plans/{plan_id}/versions' },
  { path: '/api/v1/plans/{plan_id}/versions/{number}' },
  { path: '/api/v1/matchings/{matching_id}', without: ERROR },
  { path: '/api/v1/matchings/{matching_id}/tables' },
  { path: '/api/v1/matchings/{matching_id}/suggestions' },
  { path: '/api/v1/runs', without: ERROR },
  { path: '/api/v1/runs/{run_id}', without: ERROR },
  { path: '/api/v1/runs/{run_id}/report', without: [...ERROR, 'samples', 'differences'] },
];

// An id has a digit, the names of other things beside it (`/runs/preview`) have none.
const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '(?=[^/]*\\d)[^/]+')}$`);
const patterns = KEPT_PATHS.map((kept) => ({ kept, pattern: patternOf(kept.path) }));

/** The entry of a request's path; nothing when its answer is not kept. */
export function keptPathOf(method: string, pathname: string): KeptPath | undefined {
  if (method.toUpperCase() !== 'GET') return undefined;
  return patterns.find(({ pattern }) => pattern.test(pathname))?.kept;
}
