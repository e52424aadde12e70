import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, renderApp, where } from '@/testing/render-app';
import type { CheckResult } from './live/results';
// Loaded before the first test, whose time it would take else.
import './routes/suites';

/** Many keys are pressed, or a page is shown many times. */
const LONG = { timeout: 40_000 };

const TEXT = `version: 1
attach: source
checks:
  # 0.98: no NULL in 400 rows
  - kind: not_null
    table: customer
    column: id
  # 1.00: it is declared so
  - kind: unique
    table: customer
    column: email
  - kind: range
    table: customer
    column: age
    max: 150
`;
const suite = (members = {}) =>
  make<Record<string, unknown>>('SuiteTextView', {
    suite_id: 's1',
    project_id: 'p1',
    name: 'customers',
    source_connection_id: 'c1',
    text: TEXT,
    checks: 3,
    version: 4,
    ...members,
  });
const run = (members = {}) =>
  make('CheckRunView', {
    check_run_id: 'r1',
    suite_id: 's1',
    project_id: 'p1',
    name: 'customers',
    state: 'succeeded',
    failed: 1,
    errors: 0,
    has_failed: true,
    ...members,
  });
const result = (members: Partial<CheckResult>): CheckResult => ({
  name: 'range_customer_age',
  kind: 'range',
  side: 'source',
  table: 'customer',
  columns: ['age'],
  severity: 'error',
  owner: '',
  description: '',
  status: 'failed',
  measured: 1,
  threshold: 'at most 0 rows',
  message: '1 of 4 rows (25 %) break it',
  rows_checked: 4,
  rows_broken: 1,
  seconds: 0.1,
  how: 'sql',
  sql: 'SELECT 1',
  samples: [{ key: { id: '7' }, value: '-1' }],
  personal: true,
  ...members,
});
const came = (...checks: unknown[]) => make('SuiteResultView', { suite: 'customers', checks });

const BASE = '/projects/p1/validation';
const PROJECT = 'GET /api/v1/projects/{project_id}';
const GET = 'GET /api/v1/suites/{suite_id}';
const PUT = 'PUT /api/v1/suites/{suite_id}';
const GET_RUN = 'GET /api/v1/check-runs/{check_run_id}';
const RESULTS = 'GET /api/v1/check-runs/{check_run_id}/results';
const answers = {
  [PROJECT]: () => make('ProjectView', { project_id: 'p1', name: 'Shop' }),
  [GET]: () => suite(),
  [GET_RUN]: () => run(),
};

itHasFourFaces({
  path: BASE,
  operation: 'GET /api/v1/suites',
  empty: { answer: list(), text: /No suite yet/ },
  answers,
});
itHasFourFaces({
  path: `${BASE}/new`,
  operation: 'GET /api/v1/connections',
  empty: { answer: list(), text: /there is none yet/ },
  answers,
});
itHasFourFaces({ path: `${BASE}/suites/s1`, operation: GET, answers });
itHasFourFaces({ path: `${BASE}/suites/s1/rules`, operation: GET, answers });
itHasFourFaces({
  path: `${BASE}/suites/s1/versions`,
  operation: 'GET /api/v1/suites/{suite_id}/versions',
  empty: { answer: list(), text: 'There is no version.' },
  answers,
});
itHasFourFaces({ path: `${BASE}/runs/r1`, operation: GET_RUN, answers });
itHasFourFaces({ path: `${BASE}/proposals/s1`, operation: 'GET /api/v1/runs/{run_id}', answers });

describe('proposed rules', () => {
  const rules = `${BASE}/suites/s1/rules`;
  it('are accepted and left out one by one, and saved on the version shown', LONG, async () => {
    const { api, user } = await renderApp(rules, { answers: { ...answers, [PUT]: () => suite({ version: 5 }) } });
    expect(await screen.findByText('Proposed rules that wait for your decision: 2')).toBeVisible();
    expect(screen.getByText(/98% · no NULL in 400 rows/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Accept: Not empty customer.id' }));
    await user.click(screen.getByRole('button', { name: 'Leave out: Unique customer.email' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PUT)).toHaveLength(1);
    });
    expect(api.of(PUT)[0]?.headers.get('If-Match')).toBe('"v4"');
    const { text } = api.of(PUT)[0]?.body as { text: string };
    expect(text).toContain('description: no NULL in 400 rows');
    expect(text).not.toContain('email');
    expect(text).not.toContain('#');
  });
  it('are accepted all at once, or those that are certain', async () => {
    const { user } = await renderApp(rules, { answers });
    await user.click(await screen.findByRole('button', { name: 'Accept those at 99% or more (1)' }));
    expect(screen.getByText('Proposed rules that wait for your decision: 1')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Accept all (1)' }));
    expect(screen.queryByText(/wait for your decision/)).toBeNull();
    expect(screen.getByText('Not saved yet')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(screen.getByText('Proposed rules that wait for your decision: 2')).toBeVisible();
  });
  it('are not offered to who may only look', async () => {
    await renderApp(rules, { answers, permissions: ALL.filter((each) => each !== 'suites.write') });
    await screen.findByRole('table', { name: 'Rules' });
    expect(screen.queryByRole('button', { name: /Accept|Add a rule/ })).toBeNull();
  });
});

describe('a suite', () => {
  it('is changed by a form, which says what is missing', LONG, async () => {
    const { api, user } = await renderApp(`${BASE}/suites/s1/rules`, { answers });
    await user.click(await screen.findByRole('button', { name: 'Add a rule' }));
    const form = await screen.findByRole('complementary', { name: 'New rule' });
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Kind' }), 'Range');
    await user.type(within(form).getByRole('textbox', { name: 'Table' }), 'customer');
    await user.click(within(form).getByRole('button', { name: 'Apply' }));
    expect(within(form).getByRole('alert')).toHaveTextContent('Please fill this in');
    await user.type(within(form).getByRole('textbox', { name: 'Columns' }), 'age');
    await user.type(within(form).getByRole('textbox', { name: 'Least' }), '0');
    await user.type(within(form).getByRole('textbox', { name: 'Tolerance' }), '0.5%');
    await user.type(within(form).getByRole('textbox', { name: 'Owner' }), 'data team');
    await user.selectOptions(within(form).getByRole('combobox', { name: 'Severity' }), 'Warning');
    await user.click(within(form).getByRole('button', { name: 'Apply' }));
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PUT)).toHaveLength(1);
    });
    expect((api.of(PUT)[0]?.body as { text: string }).text).toBe(
      `${TEXT}  - kind: range\n    table: customer\n    column: age\n    min: 0\n    owner: data team\n    tolerance: 0.5%\n    severity: warn\n`,
    );
  });
  it('that is wrong says where, and is not saved', async () => {
    const fault = make('SuiteFaultView', {
      code: 'MIQ-PLAN-003',
      message: 'unknown key',
      place: 'suite:5:5',
      fix: 'Did you mean kind?',
    });
    const { user } = await renderApp(`${BASE}/suites/s1/rules`, {
      answers: {
        ...answers,
        'POST /api/v1/suites/validate': () => make('SuiteValidationView', { valid: false, faults: [fault] }),
      },
    });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('unknown key');
    await user.click(within(alert).getByRole('button', { name: 'Show line 5' }));
    expect(where()).toContain('view=text');
    await user.click(screen.getByRole('button', { name: 'List' }));
    await user.click(screen.getByRole('button', { name: 'Accept all (2)' }));
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    });
  });
  it('that somebody else changed shows both, and loses nothing', LONG, async () => {
    let stored = suite();
    const { api, user } = await renderApp(`${BASE}/suites/s1/rules`, {
      answers: {
        ...answers,
        [GET]: () => stored,
        [PUT]: ({ headers }) =>
          headers.get('If-Match') === `"v${String(stored.version)}"` ? stored : refuse(412, 'MIQ-API-009'),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Accept all (2)' }));
    stored = suite({ version: 6, text: TEXT.replace('150', '120') });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Version 6 was saved while you were changing the rules');
    await user.click(within(alert).getByRole('button', { name: 'Keep mine, over theirs' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PUT)).toHaveLength(2);
    });
    expect(api.of(PUT)[1]?.headers.get('If-Match')).toBe('"v6"');
    expect((api.of(PUT)[1]?.body as { text: string }).text).toContain('max: 150');
  });
  it('of an address without its project leads to the project', async () => {
    await renderApp('/suites/s1', { answers });
    await waitFor(() => {
      expect(where()).toBe(`${BASE}/suites/s1`);
    });
  });
  it('is brought back as it was', async () => {
    const version = (number: number, text: string) => make('SuiteVersionView', { number, text, author: 'Ben' });
    const { api, user } = await renderApp(`${BASE}/suites/s1/versions?version=3`, {
      answers: {
        ...answers,
        'GET /api/v1/suites/{suite_id}/versions': () => list(version(4, TEXT), version(3, 'version: 1\nchecks: []\n')),
        [PUT]: () => suite({ version: 5 }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Bring this version back' }));
    await waitFor(() => {
      expect(api.of(PUT)[0]?.body).toEqual({ text: 'version: 1\nchecks: []\n' });
    });
  });
});

describe('a new suite', () => {
  const connections = () => list(make('ConnectionView', { connection_id: 'c1', name: 'legacy' }));
  it('is proposed from an analysis, without reading the data again', async () => {
    const { api, user } = await renderApp(`${BASE}/new`, {
      answers: {
        ...answers,
        'GET /api/v1/connections': connections,
        'GET /api/v1/analyses': () => list(make('AnalysisView', { analysis_id: 'a1', state: 'succeeded' })),
        'POST /api/v1/connections/{connection_id}/suite-proposals': () => ({ suite_id: 's9', state: 'queued' }),
        'GET /api/v1/runs/{run_id}': () => make('RunView', { run_id: 's9', state: 'running', name: 'legacy' }),
      },
    });
    await screen.findByRole('checkbox', { name: /Use the analysis of/ });
    await user.click(screen.getByRole('button', { name: 'Propose rules' }));
    await waitFor(() => {
      expect(where()).toBe(`${BASE}/proposals/s9`);
    });
    expect(api.of('POST /api/v1/connections/{connection_id}/suite-proposals')[0]?.body).toEqual({
      project_id: 'p1',
      from_analysis: 'a1',
    });
    expect(await screen.findByText(/Rules are being proposed for legacy/)).toBeVisible();
  });
  it('by hand is of the systems chosen', async () => {
    const { api, user } = await renderApp(`${BASE}/new?how=empty`, {
      answers: { ...answers, 'GET /api/v1/connections': connections, 'POST /api/v1/suites': () => suite() },
    });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Attached to' }), 'flow');
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'arrived');
    await user.click(screen.getByRole('button', { name: 'Make the suite' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/suites')[0]?.body).toEqual({
        name: 'arrived',
        project_id: 'p1',
        source_connection_id: 'c1',
        target_connection_id: 'c1',
        text: 'version: 1\nattach: flow\nchecks: []\n',
      });
    });
  });
});

describe('a check run', () => {
  it('says how far it is as the worker tells, then what came of it', async () => {
    let now = run({ state: 'running' });
    await renderApp(`${BASE}/runs/r1`, {
      answers: {
        ...answers,
        [GET_RUN]: () => now,
        [RESULTS]: () => ({ masked: false, result: came(result({})) }),
        'GET /api/v1/runs/{run_id}': () => make('RunView', { run_id: 'r1', state: 'running' }),
      },
    });
    await screen.findAllByText('Under way');
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:r1');
    });
    FakeSocket.last?.event('run:r1', 'run.progress', { phase: 'checking', done: 2, total: 8, unit: 'checks' });
    expect(await screen.findByText('Checks are being made: 2 of 8')).toBeVisible();
    now = run();
    expect(await screen.findByRole('table', { name: 'Checks' })).toBeVisible();
  });
  it('shows the rows that broke a rule, as far as the server does', async () => {
    const checks = [
      result({}),
      result({ name: 'unique_customer_email', kind: 'unique', status: 'passed', samples: [] }),
    ];
    const { user } = await renderApp(`${BASE}/runs/r1`, {
      answers: { ...answers, [RESULTS]: () => ({ masked: false, result: came(...checks) }) },
    });
    await user.click(await screen.findByRole('link', { name: 'Range' }));
    const panel = await screen.findByRole('complementary', { name: 'Range' });
    const rows = within(panel).getByRole('table', { name: 'Rows that broke it' });
    expect(within(rows).getByRole('row', { name: '7 -1' })).toBeVisible();
    expect(within(panel).getByText('These values may be personal data.')).toBeVisible();
    expect(where()).toContain('check=range_customer_age');
  });
  it('keeps values from who may not see them', async () => {
    await renderApp(`${BASE}/runs/r1?check=range_customer_age`, {
      answers: {
        ...answers,
        [RESULTS]: () => ({ masked: true, result: came(result({ samples: [], sql: '' })) }),
      },
    });
    expect(await screen.findByText('These values are not shown to you.')).toBeVisible();
    expect(screen.getByText(/needs a permission/)).toBeVisible();
  });
  it('is saved as a page', async () => {
    const made: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => (made.push(blob), 'blob:1'),
        revokeObjectURL: () => undefined,
      }),
    );
    const { api, user } = await renderApp(`${BASE}/runs/r1`, { answers });
    await user.click(await screen.findByRole('button', { name: 'Report' }));
    await waitFor(() => {
      expect(made).toHaveLength(1);
    });
    expect(made[0]?.type).toBe('text/html');
    expect(api.of('GET /api/v1/check-runs/{check_run_id}/report')).toHaveLength(1);
  });
});

describe('an alert', () => {
  const alert = (members = {}) =>
    make('CheckAlertView', {
      alert_id: 'a1',
      source: 'suite',
      check: 'range_customer_age',
      state: 'open',
      severity: 'error',
      project_id: 'p1',
      check_run_id: 'r1',
      ...members,
    });
  it.each([
    ['Acknowledge', 'acknowledge', { note: 'looking' }],
    ['Resolve', 'resolve', { note: 'looking' }],
  ])('is answered: %s', async (name, verb, body) => {
    const { api, user } = await renderApp(BASE, {
      answers: { ...answers, 'GET /api/v1/check-alerts': () => list(alert()) },
    });
    await user.click(await screen.findByRole('button', { name: `${name}: range_customer_age` }));
    await user.type(screen.getByRole('textbox', { name: /Note/ }), 'looking');
    await user.click(screen.getByRole('button', { name }));
    await waitFor(() => {
      expect(api.of(`POST /api/v1/check-alerts/{alert_id}/${verb}`)[0]?.body).toEqual(body);
    });
  });
  it('may be about the runs of a plan', async () => {
    const ofRuns = { source: 'run', check: undefined, check_run_id: undefined, measure: 'rows', run_id: 'r7' };
    await renderApp(BASE, { answers: { ...answers, 'GET /api/v1/check-alerts': () => list(alert(ofRuns)) } });
    expect(await screen.findByRole('link', { name: 'Runs: rows' })).toHaveAttribute('href', '/runs/r7');
    expect(screen.getByRole('button', { name: 'Mute: Runs: rows' })).toBeVisible();
  });
  it('is muted for a while', async () => {
    const { api, user } = await renderApp(BASE, {
      answers: { ...answers, 'GET /api/v1/check-alerts': () => list(alert()) },
    });
    await user.click(await screen.findByRole('button', { name: 'Mute: range_customer_age' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'For how long' }), 'One hour');
    await user.click(screen.getByRole('button', { name: 'Mute' }));
    await waitFor(() => {
      const { until } = api.of('POST /api/v1/check-alerts/{alert_id}/mute')[0]?.body as { until: string };
      expect(Math.abs(Date.parse(until) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    });
  });
  it('says until when it is muted, and only then can that be ended', async () => {
    const muted_until = '2031-05-06T07:08:00Z';
    let now = alert();
    const { user } = await renderApp(BASE, {
      answers: { ...answers, 'GET /api/v1/check-alerts': () => list(now) },
    });
    const ask = async () => {
      await user.click(await screen.findByRole('button', { name: 'Mute: range_customer_age' }));
      return within(screen.getByRole('dialog'));
    };
    const quiet = await ask();
    expect(quiet.queryByRole('option', { name: 'No longer muted' })).toBeNull();
    now = alert({ muted_until });
    await user.click(quiet.getByRole('button', { name: 'Mute' }));
    expect(await screen.findByText(/^Muted until .*2031/)).toBeVisible();
    expect((await ask()).getByRole('option', { name: 'No longer muted' })).toBeInTheDocument();
  });
});
