import { readFileSync } from 'node:fs';
import { list, make } from './mock-api';
import { ALL } from './render-app';
import type { Assessment } from '@/features/analysis/data/assessment';

export const MAY = [...ALL, 'analyses.read', 'analyses.write'];
/** As the server made it of its own test database. */
export const ASSESSMENT = JSON.parse(
  readFileSync('../backend/tests/golden/assessment/shop.json', 'utf8'),
) as Assessment;

export const analysis = (members: Record<string, unknown> = {}) =>
  make('AnalysisView', {
    analysis_id: 'a1',
    connection_id: 'c1',
    connection: 'shop',
    name: 'shop',
    state: 'succeeded',
    assessed: true,
    created_at: '2026-05-04T03:00:00Z',
    ...members,
  });

export const LIST = 'GET /api/v1/analyses';
export const ASSESSED = 'GET /api/v1/analyses/{analysis_id}/assessment';
export const TABLES = 'GET /api/v1/analyses/{analysis_id}/tables';
export const TABLE = 'GET /api/v1/analyses/{analysis_id}/tables/{number}';
export const COLUMNS = 'GET /api/v1/analyses/{analysis_id}/tables/{number}/columns';

export const answers = {
  'GET /api/v1/projects/{project_id}': () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' }),
  [LIST]: () => list(analysis()),
  [ASSESSED]: () => ASSESSMENT,
  [TABLES]: () => list(make('AnalysedTableView', { number: 1, name: 'customer', quality: 0.9994 })),
};
export const at = (page: string) => `/projects/p1/analysis${page && `/${page}`}`;
