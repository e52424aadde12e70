import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, heading, renderApp, where } from '@/testing/render-app';

const GET = 'GET /api/v1/runs/{run_id}';
const table = (name: string, done: number, phase = 'loading') => ({
  table: name,
  phase,
  rows_done: done,
  rows_total: 1000,
  bytes_done: done * 10,
  chunks_done: 1,
  chunks_total: 4,
});
const progress = (members = {}) => ({
  phase: 'loading',
  seconds: 2,
  rows_done: 250,
  rows_total: 1000,
  bytes_done: 2500,
  rows_rejected: 0,
  tables: [table('orders', 250)],
  ...members,
});
const run = (members = {}) =>
  make('RunView', {
    run_id: 'r1',
    project_id: 'p1',
    plan_id: 'l1',
    name: 'nightly',
    kind: 'run',
    state: 'running',
    accepted: false,
    target_connection_id: 'c2',
    progress: progress(),
    ...members,
  });
const open = (members = {}, more = {}) =>
  renderApp('/runs/r1', {
    answers: { [GET]: () => run(members), 'GET /api/v1/runs/{run_id}/tasks': () => list(), ...more },
  });
const report = (members = {}) => ({
  run_id: 'r1',
  status: 'succeeded',
  started_at: '2026-01-01T00:00:00Z',
  seconds: 12.5,
  moments: 1,
  errors: [],
  name: 'nightly',
  rehearsal: false,
  differences: [],
  notes: [],
  tables: [
    {
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
    },
  ],
  objects: [
    { kind: 'table', name: 'orders', status: 'created', why: '' },
    { kind: 'trigger', name: 'audit', status: 'manual', why: 'triggers are not converted', source: 'CREATE TRIGGER' },
  ],
  ...members,
});

itHasFourFaces({ path: '/runs', operation: 'GET /api/v1/runs', empty: { answer: list(), text: /No run yet/ } });
itHasFourFaces({ path: '/runs/r1', operation: GET });
const below = { [GET]: () => run({ state: 'succeeded' }) };
itHasFourFaces({
  path: '/runs/r1/report',
  operation: 'GET /api/v1/runs/{run_id}/report',
  empty: { answer: refuse(409, 'MIQ-API-020'), text: 'There is a report when the run is over.' },
  answers: below,
});
itHasFourFaces({
  path: '/runs/r1/certificate',
  operation: 'GET /api/v1/runs/{run_id}/report',
  empty: { answer: refuse(409, 'MIQ-API-020'), text: 'There is a certificate when the run is over.' },
  answers: below,
});
itHasFourFaces({
  path: '/runs/r1/quarantine',
  operation: 'GET /api/v1/runs/{run_id}/quarantine',
  empty: { answer: list(), text: 'No row was refused.' },
  answers: below,
});
itHasFourFaces({
  path: '/runs/r1/log',
  operation: 'GET /api/v1/runs/{run_id}/events',
  empty: { answer: list(), text: 'No line yet.' },
  answers: below,
});
itHasFourFaces({ path: '/runs/new?plan=l1', operation: 'GET /api/v1/plans/{plan_id}' });

describe('the list', () => {
  it('hears of runs that begin and end', async () => {
    let state = 'queued';
    await renderApp('/runs', { answers: { 'GET /api/v1/runs': () => list(run({ state })) } });
    await screen.findByRole('cell', { name: /Queued/ });
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('tenant:t1');
    });
    state = 'running';
    FakeSocket.last?.event('tenant:t1', 'run.state', { run_id: 'r1' });
    expect(await screen.findByRole('cell', { name: /Running/ })).toBeVisible();
  });
  it('shows what waits for approval', async () => {
    const { api } = await renderApp('/runs?waiting=approval', {
      answers: { 'GET /api/v1/approvals': () => list(run({ state: 'queued', waiting_for: 'approval' })) },
    });
    expect(await screen.findByText('Queued · waits for approval')).toBeVisible();
    expect(api.of('GET /api/v1/runs')).toHaveLength(0);
  });
});

describe('a run that is over', () => {
  it('is whole, though the estimate of its rows was larger', async () => {
    await open({
      state: 'succeeded',
      progress: progress({ phase: 'finishing', tables: [table('orders', 250, 'done')] }),
    });
    const all = await screen.findAllByRole('progressbar');
    expect(all.map((each) => each.getAttribute('aria-valuenow'))).toEqual(['100', '100']);
    expect(screen.getAllByText('250 of 250')).toHaveLength(2);
    expect(screen.queryByText('Finishing')).toBeNull();
    expect(screen.queryByText('Throughput, rows a second')).toBeNull();
  });
  it('that failed stands where it stopped', async () => {
    await open({ state: 'failed' });
    expect(await screen.findByRole('progressbar', { name: 'Progress' })).toHaveAttribute('aria-valuenow', '25');
  });
  it('is whole in the list too', async () => {
    await renderApp('/runs', { answers: { 'GET /api/v1/runs': () => list(run({ state: 'succeeded' })) } });
    expect(await screen.findByRole('cell', { name: '100%' })).toBeInTheDocument();
  });
});

describe('a run', () => {
  it('shows rows and tables as they come, four times a second at most', async () => {
    await open();
    expect(await screen.findByText('250 of 1,000', { selector: 'dd' })).toBeVisible();
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:r1');
    });
    const draws: string[] = [];
    const watcher = new MutationObserver(() =>
      draws.push(screen.getByRole('progressbar', { name: 'Progress' }).getAttribute('aria-valuenow') ?? ''),
    );
    watcher.observe(screen.getByRole('main'), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    await act(async () => {
      for (let at = 0; at < 100; ++at)
        FakeSocket.last?.event(
          'run:r1',
          'run.progress',
          progress({
            seconds: 3 + at / 100,
            rows_done: 300 + at,
            tables: [table('orders', 300 + at), table('lines', at)],
          }),
        );
      await new Promise((done) => setTimeout(done, 300));
    });
    watcher.disconnect();
    expect(await screen.findByText('399 of 1,000', { selector: 'dd' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'lines' })).toBeVisible();
    expect(new Set(draws).size).toBeLessThanOrEqual(3);
  });
  it('shows its new state at once', async () => {
    let state = 'running';
    await renderApp('/runs/r1', { answers: { [GET]: () => run({ state }) } });
    await heading('nightly');
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:r1');
    });
    state = 'paused';
    FakeSocket.last?.event('run:r1', 'run.state', { run_id: 'r1', state: 'paused', version: 9 });
    expect(await screen.findByText('Paused')).toBeVisible();
    expect(await screen.findByRole('button', { name: 'Resume' })).toBeVisible();
  });
  it('says that the connection is lost, and asks from where it heard last', async () => {
    let down = false;
    await open(
      {},
      { 'POST /api/v1/auth/ws-ticket': () => (down ? refuse(503, 'MIQ-API-018') : { ticket: 't', expires_in: 30 }) },
    );
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:r1');
    });
    const first = FakeSocket.last;
    first?.event('run:r1', 'run.event', {});
    down = true;
    first?.close(1006);
    expect(await screen.findByText(/live connection is lost/)).toBeVisible();
    down = false;
    await waitFor(
      () => {
        expect(FakeSocket.last?.said).toContainEqual({ do: 'subscribe', topic: 'run:r1', since: 1 });
      },
      { timeout: 10_000 },
    );
    await waitFor(() => {
      expect(screen.queryByText(/live connection is lost/)).toBeNull();
    });
  });
  it.each([
    ['running', ['Pause', 'Cancel the run']],
    ['paused', ['Resume', 'Cancel the run']],
    ['failed', ['Try again', 'Undo']],
    ['succeeded', ['Undo', 'Accept']],
    ['undone', []],
  ])('that is %s can be asked to %j', async (state, names) => {
    await open({ state });
    await heading('nightly');
    await screen.findByRole('link', { name: 'Log' });
    const offered = screen.queryAllByRole('button', {
      name: /^(Approve|Reject|Pause|Resume|Try again|Cancel the run|Undo|Accept)$/,
    });
    expect(offered.map(({ textContent }) => textContent)).toEqual(names);
  });
  it('offers nothing to who may only look, nor for runs of the command line', async () => {
    await renderApp('/runs/r1', { permissions: ['runs.read'], answers: { [GET]: () => run() } });
    await screen.findByRole('link', { name: 'Log' });
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  });
  it('is undone after showing what that does; production wants its name', async () => {
    const { api, user } = await open(
      { state: 'succeeded' },
      {
        'GET /api/v1/runs/{run_id}/undo-preview': () => ({ drops: ['crm.orders'], restores: ['crm.customer'] }),
        'GET /api/v1/connections/{connection_id}': () =>
          make('ConnectionView', { connection_id: 'c2', name: 'crm', production: true }),
        'POST /api/v1/runs/{run_id}/undo': () => run({ state: 'succeeded', pending: 'undo' }),
      },
    );
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText('crm.orders')).toBeVisible();
    expect(dialog.getByText('crm.customer')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Undo' })).toBeDisabled();
    await user.type(await dialog.findByRole('textbox', { name: 'Type crm to go on' }), 'crm');
    await user.click(dialog.getByRole('button', { name: 'Undo' }));
    await screen.findByText('Undo was asked for.');
    expect(api.of('POST /api/v1/runs/{run_id}/undo')[0]?.body).toEqual({ confirm: true });
  });
  it('says why it cannot be done now', async () => {
    const { user } = await open({}, { 'POST /api/v1/runs/{run_id}/pause': () => refuse(409, 'MIQ-API-020') });
    await user.click(await screen.findByRole('button', { name: 'Pause' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Pause' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('MIQ-API-020');
  });
  it('that failed says why and what to do', async () => {
    await open({
      state: 'failed',
      error: { code: 'MIQ-CONN-001', message: 'connection refused', fix: 'Start the server.' },
    });
    expect(await screen.findByText('connection refused')).toBeVisible();
    expect(screen.getByText('Start the server.')).toBeVisible();
  });
});

describe('the report', () => {
  it('proves what is equal, and says what was altered and what remains', async () => {
    await renderApp('/runs/r1/report', { answers: { ...below, 'GET /api/v1/runs/{run_id}/report': () => report() } });
    expect(await screen.findByText('1 of 1')).toBeVisible();
    expect(screen.getByRole('cell', { name: 'orders.joined' })).toBeVisible();
    expect(screen.getByRole('cell', { name: 'zero_date' })).toBeVisible();
    const objects = within(screen.getByRole('table', { name: 'Objects' })).getAllByRole('row');
    expect(objects[1]).toHaveTextContent('audit');
    expect(objects[1]).toHaveTextContent('By hand');
  });
  it('shows rows that differ in both versions, and gives the document itself', async () => {
    const differences = [
      { table: 'orders', kind: 'changed', key: { id: '7' }, source: { total: '1.10' }, target: { total: null } },
    ];
    const { user } = await renderApp('/runs/r1/report', {
      answers: { ...below, 'GET /api/v1/runs/{run_id}/report': () => report({ status: 'mismatch', differences }) },
    });
    expect(await screen.findByText('orders: id=7')).toBeVisible();
    expect(screen.getByText('total=NULL')).toBeVisible();
    const made = vi.fn(() => 'blob:report');
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined }));
    await user.click(screen.getByRole('button', { name: 'Download as JSON' }));
    expect(made).toHaveBeenCalledOnce();
  });
});

describe('the quarantine', () => {
  const row = make('QuarantinedRowView', {
    row_id: 5,
    table: 'orders',
    state: 'open',
    code: 'MIQ-TYPE-014',
    reason: 'too wide',
    original: { id: 7, total: '123456.789', note: null },
  });
  const answers = { ...below, 'GET /api/v1/runs/{run_id}/quarantine': () => list(row) };
  it('lets a row be corrected: only what was changed is sent', async () => {
    const { api, user } = await renderApp('/runs/r1/quarantine', {
      answers: { ...answers, 'PATCH /api/v1/runs/{run_id}/quarantine/{row_id}': () => row },
    });
    await user.click(await screen.findByRole('button', { name: 'Correct' }));
    const side = within(await screen.findByRole('dialog'));
    expect(side.getByRole('button', { name: 'Save the correction' })).toBeDisabled();
    await user.clear(side.getByRole('textbox', { name: 'total' }));
    await user.type(side.getByRole('textbox', { name: 'total' }), '12.50');
    expect(side.getByText('It was: 123456.789')).toBeVisible();
    await user.click(side.getByRole('button', { name: 'Save the correction' }));
    await waitFor(() => {
      expect(api.of('PATCH /api/v1/runs/{run_id}/quarantine/{row_id}')[0]?.body).toEqual({
        values: { total: '12.50' },
      });
    });
  });
  it('sends rows to the target again', async () => {
    const { api, user } = await renderApp('/runs/r1/quarantine', {
      answers: {
        ...answers,
        'POST /api/v1/runs/{run_id}/quarantine/replay': () => ({ run_id: 'r1', waiting_for: 'approval' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Replay' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Replay' }));
    expect(await screen.findByText('The replay waits for the approval of a second person.')).toBeVisible();
    expect(api.of('POST /api/v1/runs/{run_id}/quarantine/replay')[0]?.headers.get('Idempotency-Key')).toBeTruthy();
  });
  it('is only shown to who may not correct', async () => {
    await renderApp('/runs/r1/quarantine', { permissions: ALL.filter((name) => name !== 'quarantine.write'), answers });
    expect(await screen.findByRole('button', { name: 'Show' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Replay' })).toBeNull();
  });
});

describe('before a run', () => {
  const plan = make('PlanTextView', { plan_id: 'l1', name: 'nightly', version: 6, target_connection_id: 'c2' });
  const preview = (members = {}) =>
    make('RunPreviewView', {
      creates: [],
      replaces: [],
      truncates: [],
      appends: [],
      upserts: [],
      warnings: [],
      destructive: false,
      needs_approval: false,
      ...members,
    });
  const answers = (members = {}, production = false) => ({
    'GET /api/v1/plans/{plan_id}': () => plan,
    'GET /api/v1/runs/preview': () => preview(members),
    'GET /api/v1/connections/{connection_id}': () =>
      make('ConnectionView', { connection_id: 'c2', name: 'crm', production }),
    'POST /api/v1/runs': () => run(),
    [GET]: () => run(),
  });
  it('rehearses unless told otherwise, by the version that was shown', async () => {
    const { api, user } = await renderApp('/runs/new?plan=l1', { answers: answers() });
    await user.click(await screen.findByRole('button', { name: 'Rehearse' }));
    await waitFor(() => {
      expect(where()).toBe('/runs/r1');
    });
    expect(api.of('POST /api/v1/runs')[0]?.body).toEqual({
      plan_id: 'l1',
      plan_version: 6,
      kind: 'rehearse',
      confirm: false,
    });
  });
  it('says what will be destroyed, and wants the name typed for it', async () => {
    const { api, user } = await renderApp('/runs/new?plan=l1&kind=run', {
      answers: answers({ truncates: ['crm.orders'], destructive: true, warnings: ['views depend on it'] }),
    });
    expect(await screen.findByText('Tables emptied: 1')).toBeVisible();
    expect(screen.getByText('views depend on it')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Run' })).toBeDisabled();
    await user.type(await screen.findByRole('textbox', { name: 'Type crm to go on' }), 'crm');
    await user.click(screen.getByRole('button', { name: 'Run' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/runs')[0]?.body).toMatchObject({ kind: 'run', confirm: true });
    });
  });
  it('says that a second person must approve', async () => {
    await renderApp('/runs/new?plan=l1&kind=run', {
      answers: answers({ creates: ['crm.orders'], needs_approval: true }, true),
    });
    expect(await screen.findByText(/a second person must approve/)).toBeVisible();
  });
});

describe('the certificate', () => {
  const REPORT = 'GET /api/v1/runs/{run_id}/report';
  const REPAIR = 'GET /api/v1/runs/{run_id}/repair-sql';
  const certificate = (members = {}, more = {}, ofRun = {}) =>
    renderApp('/runs/r1/certificate', {
      answers: {
        [GET]: () => run({ state: 'succeeded', ...ofRun }),
        [REPORT]: () => report(members),
        'GET /api/v1/connections/{connection_id}': () => make('ConnectionView', { name: 'crm' }),
        ...more,
      },
    });

  it('says what was compared, altered and left, on one page', async () => {
    await certificate();
    const page = within(await screen.findByRole('article', { name: 'Certificate of migration' }));
    expect(page.getByText(/are equal. Tables proven equal: 1 of 1/)).toBeVisible();
    expect((await page.findAllByText('crm')).length).toBe(2);
    expect(page.getByText(/values altered: 3, by the rule zero_date/)).toBeVisible();
    expect(page.getByText('triggers are not converted')).toBeVisible();
    expect(screen.queryByText(/SQL that would make/)).toBeNull();
  });
  it('does not call refused what was kept with a warning', async () => {
    const [first] = report().tables;
    const rejected = [
      { column: '', reason: 'entered_twice', count: 24, warning: true, samples: [] },
      { column: 'born', reason: 'not_null', count: 2, warning: false, samples: [] },
    ];
    await certificate({ tables: [{ ...first, rejected }] });
    expect(await screen.findByText(/break a rule and were kept: 24, rule entered_twice/)).toBeVisible();
    expect(screen.getByText(/values refused: 2, because of not_null/)).toBeVisible();
    expect(screen.getByText('orders.born')).toBeVisible();
  });
  it('certifies nothing of what was not compared', async () => {
    const [first] = report().tables;
    await certificate({ tables: [{ ...first, verified: 'skipped' }] });
    expect(await screen.findByText(/were not compared/)).toBeVisible();
  });
  it('of a verification with differences gives the SQL, after a warning, when asked', async () => {
    const { api, user } = await certificate(
      { status: 'mismatch' },
      { [REPAIR]: () => 'DELETE FROM orders' },
      { kind: 'verify', state: 'failed', result: 'mismatch' },
    );
    expect(await screen.findByText(/MigrateIQ never carries them out/)).toBeVisible();
    expect(api.of(REPAIR)).toHaveLength(0);
    await user.click(screen.getByRole('button', { name: 'Show the statements' }));
    expect(await screen.findByText(/DELETE FROM orders/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Download as SQL' })).toBeEnabled();
  });
  it('of one that prepared no SQL says how to get it', async () => {
    const { user } = await certificate(
      { status: 'mismatch' },
      { [REPAIR]: () => refuse(409, 'MIQ-API-020') },
      { kind: 'verify', state: 'failed', result: 'mismatch' },
    );
    await user.click(await screen.findByRole('button', { name: 'Show the statements' }));
    expect(await screen.findByRole('link', { name: 'Verify again, with the SQL' })).toHaveAttribute(
      'href',
      '/runs/new?plan=l1&kind=verify',
    );
  });
  it('is no matter of rehearsals', async () => {
    await renderApp('/runs/r1', { answers: { [GET]: () => run({ kind: 'rehearse' }) } });
    const project = await screen.findByRole('link', { name: 'To the project' });
    expect(project).toHaveAttribute('href', '/projects/p1/migration?plan=l1');
    expect(screen.getByRole('link', { name: 'Report' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Certificate' })).toBeNull();
  });
});
