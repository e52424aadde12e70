import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Report, TableReport } from '@/lib/api/report';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse, type Sent } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { alterationsOf, figuresOf, tablesOf } from './components/differences';

const project = () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM', next_states: [] });
const plan = (members = {}) =>
  make('PlanView', {
    plan_id: 'l1',
    project_id: 'p1',
    name: 'nightly',
    target_connection_id: 'c2',
    version: 3,
    ...members,
  });
const run = (members = {}) =>
  make('RunView', {
    run_id: 'r1',
    project_id: 'p1',
    plan_id: 'l1',
    name: 'nightly',
    kind: 'run',
    state: 'succeeded',
    plan_version: 3,
    ...members,
  });
const table = (members: Partial<TableReport> = {}): TableReport => ({
  source: 'orders',
  target: 'orders',
  rows_read: 1000,
  rows_written: 998,
  rows_quarantined: 2,
  rows_filtered: 0,
  bytes: 9000,
  source_digest: 'aa',
  target_digest: 'aa',
  verified: 'match',
  altered: [{ column: 'joined', rule: 'zero_date', count: 3, samples: ['0000-00-00'] }],
  rejected: [],
  notes: [],
  ...members,
});
const report = (members: Partial<Report> = {}): Report => ({
  run_id: 'r1',
  status: 'succeeded',
  started_at: '2026-01-01T00:00:00Z',
  seconds: 12,
  moments: 1,
  errors: [],
  name: 'nightly',
  rehearsal: true,
  expected_seconds: 75,
  differences: [],
  notes: [],
  tables: [table()],
  objects: [],
  ...members,
});

const RUNS = 'GET /api/v1/runs';
const REPORT = 'GET /api/v1/runs/{run_id}/report';
const answers = {
  'GET /api/v1/projects/{project_id}': project,
  'GET /api/v1/projects/{project_id}/plans': () => list(plan()),
  [RUNS]: () => list(run()),
  [REPORT]: () => report(),
};
const open = (path = '/projects/p1/migration', more = {}) => renderApp(path, { answers: { ...answers, ...more } });
const rehearsed = (members = {}) => ({
  [RUNS]: ({ query }: Sent) => list(run(query.get('kind') === 'rehearse' ? { kind: 'rehearse', ...members } : {})),
});

itHasFourFaces({ path: '/projects/p1/migration', operation: 'GET /api/v1/projects/{project_id}' });
itHasFourFaces({
  path: '/projects/p1/migration',
  operation: 'GET /api/v1/projects/{project_id}/plans',
  empty: { answer: list(), text: /There is no plan yet/ },
  answers: { 'GET /api/v1/projects/{project_id}': project, [RUNS]: () => list() },
});
itHasFourFaces({
  path: '/projects/p1/migration/compare?a=r1&b=r2',
  operation: 'GET /api/v1/runs/{run_id}',
  answers,
});
itHasFourFaces({
  path: '/projects/p1/migration/compare?a=r1&b=r2',
  operation: REPORT,
  empty: { answer: refuse(409, 'MIQ-API-020'), text: /Both runs must be over/ },
  answers: { ...answers, 'GET /api/v1/runs/{run_id}': () => run() },
});

describe('the step Migration', () => {
  it('shows what the last rehearsal found, and that the plan has changed since', async () => {
    await open(undefined, rehearsed({ plan_version: 2 }));
    expect(await screen.findByText('Values that would be altered')).toBeVisible();
    expect(screen.getByText('1m 15s')).toBeVisible();
    expect(screen.getByText(/The plan has changed since/)).toBeVisible();
    expect(screen.getByText('zero_date')).toBeVisible();
  });
  it('says that nothing was rehearsed yet', async () => {
    await open(undefined, { [RUNS]: () => list() });
    expect(await screen.findByText(/has not been rehearsed yet/)).toBeVisible();
    expect(await screen.findByText(/Nothing has been rehearsed or run/)).toBeVisible();
  });
  it('starts a run at the side, after showing what it will do', async () => {
    const { api, user } = await open(undefined, {
      'GET /api/v1/runs/preview': () => make('RunPreviewView', { creates: ['orders'], destructive: false }),
      'GET /api/v1/connections/{connection_id}': () => make('ConnectionView', { name: 'crm', production: false }),
      'POST /api/v1/runs': () => run({ run_id: 'r9' }),
      'GET /api/v1/runs/{run_id}': () => run({ run_id: 'r9', state: 'running' }),
    });
    await user.click(await screen.findByRole('button', { name: 'Run' }));
    expect(where()).toBe('/projects/p1/migration?start=run');
    const panel = within(await screen.findByRole('complementary', { name: 'Rehearse, run or verify nightly' }));
    expect(await panel.findByText('Tables made: 1')).toBeVisible();
    await user.click(panel.getByRole('button', { name: 'Run' }));
    await waitFor(() => {
      expect(where()).toBe('/runs/r9');
    });
    expect(api.of('POST /api/v1/runs')[0]?.body).toMatchObject({ plan_id: 'l1', plan_version: 3, kind: 'run' });
  });
  it('asks a verification for the SQL of repair when wanted', async () => {
    const { api, user } = await open('/projects/p1/migration?start=verify', { 'POST /api/v1/runs': () => run() });
    await user.click(await screen.findByRole('checkbox', { name: /Prepare the SQL/ }));
    const panel = within(screen.getByRole('complementary'));
    await user.click(panel.getByRole('button', { name: 'Verify' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/runs')[0]?.body).toMatchObject({ kind: 'verify', repair: true });
    });
  });
  it('offers no start to who may not', async () => {
    await renderApp('/projects/p1/migration', { answers, permissions: ['projects.read', 'runs.read'] });
    await screen.findByRole('heading', { level: 2, name: 'History' });
    expect(screen.queryByRole('button', { name: 'Rehearse' })).toBeNull();
  });
  it('shows what waits for a second person', async () => {
    const { user } = await open(undefined, {
      'GET /api/v1/approvals': () =>
        list(run({ run_id: 'r5', state: 'queued', waiting_for: 'approval', pending: 'execute' })),
      'GET /api/v1/runs/{run_id}': () => run({ run_id: 'r5' }),
    });
    await user.click(await screen.findByRole('link', { name: 'Look at nightly' }));
    expect(where()).toBe('/runs/r5');
  });
  it('compares two runs of the history, chosen by keyboard', async () => {
    const { user } = await open(undefined, {
      [RUNS]: () => list(run(), run({ run_id: 'r2' })),
      'GET /api/v1/runs/{run_id}': () => run(),
    });
    const history = within(await screen.findByRole('table', { name: 'History' }));
    expect(screen.getByRole('link', { name: 'Compare two' })).toHaveAttribute('aria-disabled', 'true');
    for (const box of await history.findAllByRole('checkbox')) {
      box.focus();
      await user.keyboard(' ');
    }
    await user.click(screen.getByRole('link', { name: 'Compare two' }));
    expect(where()).toBe('/projects/p1/migration/compare?a=r1&b=r2');
    expect(await screen.findByText('Both altered and refused the same.')).toBeVisible();
  });
});

describe('the comparison', () => {
  it('tells what changed in the plan between two versions', async () => {
    const { api } = await open('/projects/p1/migration/compare?a=r1&b=r2', {
      'GET /api/v1/runs/{run_id}': ({ path }: Sent) => run({ plan_version: path.endsWith('r1') ? 5 : 3 }),
      'GET /api/v1/plans/{plan_id}/diff': () => ({
        from: 3,
        to: 5,
        text: '',
        changes: [{ kind: 'changed', pointer: '/mappings/0/where', from: 'a', to: 'b' }],
      }),
    });
    expect(await screen.findByText('/mappings/0/where')).toBeVisible();
    expect(api.of('GET /api/v1/plans/{plan_id}/diff')[0]?.query.get('from')).toBe('3');
  });
  it('without two runs leads back', async () => {
    await open('/projects/p1/migration/compare');
    expect(await screen.findByText('Choose two runs in the history.')).toBeVisible();
  });
  it('counts figures, tables and alterations of both', () => {
    const a = report();
    const b = report({
      tables: [
        table({ rows_written: 990, altered: [] }),
        table({
          target: 'items',
          altered: [],
          rejected: [
            { column: 'x', reason: 'null', count: 4, warning: false, samples: [] },
            { column: '', reason: 'entered_twice', count: 24, warning: true, samples: [] },
          ],
        }),
      ],
    });
    expect(figuresOf(a, b).find(({ figure }) => figure === 'written')).toEqual({ figure: 'written', a: 998, b: 1988 });
    expect(figuresOf(a, b).find(({ figure }) => figure === 'rejected')).toEqual({ figure: 'rejected', a: 0, b: 4 });
    expect(tablesOf(a, b).map(({ table: name, same }) => [name, same])).toEqual([
      ['orders', false],
      ['items', false],
    ]);
    expect(tablesOf(a, a)[0]?.same).toBe(true);
    expect(alterationsOf(a, b)).toEqual([
      { place: 'orders.joined', what: 'zero_date', kind: 'altered', a: 3, b: undefined },
      { place: 'items.x', what: 'null', kind: 'refused', a: undefined, b: 4 },
      { place: 'items', what: 'entered_twice', kind: 'warned', a: undefined, b: 24 },
    ]);
  });
  it('takes a rehearsal for the same as its run: it has no target to compare', () => {
    const rehearsal = report({ tables: [table({ target_digest: '' })] });
    expect(tablesOf(rehearsal, report())[0]?.same).toBe(true);
    expect(tablesOf(report({ tables: [table({ target_digest: 'bb' })] }), report())[0]?.same).toBe(false);
  });
});
