import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { analysis, answers, ASSESSED, ASSESSMENT, at, LIST, MAY } from '@/testing/analysis-answers';

itHasFourFaces({ path: at(''), operation: LIST, empty: { answer: list(), text: /No analysis yet/ }, answers });
for (const page of ['', 'diagram', 'quality', 'personal-data', 'risks', 'conversion'])
  itHasFourFaces({ path: at(page), operation: ASSESSED, answers });
itHasFourFaces({
  path: at('changes'),
  operation: 'GET /api/v1/analyses/{analysis_id}/drift',
  empty: { answer: { before: 'a0', after: 'a1', tables: 3, omitted: 0, items: [] }, text: /Nothing has changed/ },
  answers: {
    ...answers,
    [LIST]: () => list(analysis(), analysis({ analysis_id: 'a0', created_at: '2026-05-01T00:00:00Z' })),
  },
});
itHasFourFaces({
  path: at('new'),
  operation: 'GET /api/v1/connections',
  empty: { answer: list(), text: /no connection to look at/ },
  answers,
});

const open = (page: string, more: Record<string, () => unknown> = {}) =>
  renderApp(at(page), { permissions: MAY, answers: { ...answers, ...more } });

describe('starting an analysis', () => {
  const connections = {
    'GET /api/v1/connections': () =>
      list(
        make('ConnectionView', { connection_id: 'c0', name: 'other', kind: 'sqlite' }),
        make('ConnectionView', { connection_id: 'c1', name: 'shop', kind: 'mysql' }),
        make('ConnectionView', { connection_id: 'c2', name: 'crm', kind: 'postgresql' }),
      ),
    'GET /api/v1/projects/{project_id}/plans': () =>
      list(make('PlanView', { source_connection_id: 'c1', target_connection_id: 'c2' })),
  };
  const START = 'POST /api/v1/connections/{connection_id}/analyses';
  it('begins with what the plan joins, and goes where it can be watched', async () => {
    const { api, user } = await open('new', {
      ...connections,
      [START]: () => analysis({ analysis_id: 'a2', state: 'queued', assessed: false }),
    });
    expect(await screen.findByLabelText('What to look at')).toHaveDisplayValue('shop');
    expect(screen.getByLabelText('Where it shall go')).toHaveDisplayValue('PostgreSQL');
    await user.type(screen.getByLabelText('Rows of each table'), '2000');
    await user.type(screen.getByLabelText('Tables'), 'customer, order*');
    await user.click(screen.getByRole('button', { name: 'Start an analysis' }));
    await waitFor(() => {
      expect(where()).toBe('/projects/p1/analysis?analysis=a2');
    });
    const sent = api.of(START)[0];
    expect(sent?.path).toBe('/api/v1/connections/c1/analyses');
    expect(sent?.body).toEqual({
      project_id: 'p1',
      full: false,
      sample_rows: 2000,
      tables: ['customer', 'order*'],
      target: 'postgresql',
    });
    expect(sent?.headers.get('Idempotency-Key')).toBeTruthy();
  });
  it('looks at all rows when asked to, and says at the field what the server refuses', async () => {
    const { api, user } = await open('new', {
      ...connections,
      [START]: () => refuse(422, 'MIQ-API-002', { errors: [{ pointer: '/tables', message: 'no such table' }] }),
    });
    await user.click(await screen.findByRole('radio', { name: /All rows/ }));
    expect(screen.queryByLabelText('Rows of each table')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Start an analysis' }));
    expect(await screen.findByText('no such table')).toBeVisible();
    expect(api.of(START)[0]?.body).toMatchObject({ full: true });
  });
  it('is not offered to who may only read', async () => {
    await renderApp(at(''), {
      permissions: ['projects.read', 'analyses.read'],
      answers: { ...answers, [LIST]: () => list() },
    });
    expect(await screen.findByText(/No analysis yet/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Start an analysis' })).toBeNull();
  });
});

describe('an analysis at work', () => {
  it('tells how far it is, and shows its results when it is done', async () => {
    let now = analysis({ state: 'running', assessed: false });
    await open('', { [LIST]: () => list(now) });
    expect(await screen.findByText('Begins as soon as a worker is free')).toBeVisible();
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:a1');
    });
    FakeSocket.last?.event('run:a1', 'run.progress', { phase: 'profiling', done: 250, total: 1000, unit: 'rows' });
    expect(await screen.findByText('Reads the rows')).toBeVisible();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    now = analysis();
    FakeSocket.last?.event('run:a1', 'run.state', { state: 'succeeded' });
    expect(await screen.findByText('Ready with conditions')).toBeVisible();
  });
  it('is cancelled after asking', async () => {
    const { api, user } = await open('', { [LIST]: () => list(analysis({ state: 'running', assessed: false })) });
    await user.click(await screen.findByRole('button', { name: 'Cancel the analysis' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Cancel the analysis' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/analyses/{analysis_id}/cancel')).toHaveLength(1);
    });
  });
  it('says why it failed', async () => {
    const error = { code: 'MIQ-CONN-003', message: 'The host does not answer.', fix: 'Check the address.' };
    await open('', { [LIST]: () => list(analysis({ state: 'failed', assessed: false, error })) });
    expect(await screen.findByText('The host does not answer.')).toBeVisible();
    expect(screen.getByText('MIQ-CONN-003')).toBeVisible();
  });
});

describe('the assessment', () => {
  it('gives verdict, reasons and effort, and the report as a page', async () => {
    const made = vi.fn((content: Blob) => (content.size > 0 ? 'blob:page' : ''));
    Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined });
    const { api, user } = await open('', { 'GET /api/v1/analyses/{analysis_id}/assessment.html': () => '<p>page</p>' });
    expect(await screen.findByText(ASSESSMENT.headline)).toBeVisible();
    expect(screen.getByRole('link', { name: /Zero or impossible dates/ })).toHaveAttribute(
      'href',
      '/projects/p1/analysis/risks?risk=zero_dates',
    );
    expect(screen.getAllByText('40 h')[0]).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Report (HTML)' }));
    await waitFor(() => {
      expect(made).toHaveBeenCalledWith(expect.objectContaining({ type: 'text/html' }));
    });
    expect(api.of('GET /api/v1/analyses/{analysis_id}/assessment.html')).toHaveLength(1);
  });
  it('shows the formula beside each score, and a table in the panel', async () => {
    const { user } = await open('quality');
    expect(await screen.findByText(/Completeness = values that are neither NULL/)).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'customer' }));
    const panel = await screen.findByRole('complementary', { name: 'customer' });
    expect(within(panel).getByText('customer_no')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('complementary')).toBeNull();
  });
  it('says of a risk what it becomes, what is done and what to decide', async () => {
    await open('risks?risk=zero_dates');
    const panel = await screen.findByRole('complementary', { name: 'Zero or impossible dates' });
    expect(within(panel).getByText(/a whole table is refused/)).toBeVisible();
    expect(within(panel).getByText(/What such a date means/)).toBeVisible();
    expect(within(panel).getByRole('link', { name: 'customer.joined' })).toHaveAttribute(
      'href',
      '/projects/p1/analysis/tables?table=customer&column=joined',
    );
  });
  it('maps personal data and says how it is known', async () => {
    const { user } = await open('personal-data');
    await user.click(await screen.findByRole('link', { name: 'customer.city' }));
    const panel = await screen.findByRole('complementary', { name: 'customer.city' });
    expect(within(panel).getByText('values look so')).toBeVisible();
    expect(within(panel).getByText('97%')).toBeVisible();
  });
  it('tells what is made by hand, with its text at the source', async () => {
    const { user } = await open('conversion');
    await user.click(await screen.findByRole('link', { name: 'stock' }));
    const panel = await screen.findByRole('complementary', { name: 'stock' });
    expect(within(panel).getByText(/CREATE TRIGGER stock/)).toBeVisible();
  });
});

describe('the list of all', () => {
  it('removes one after asking', async () => {
    const { api, user } = await open('all');
    await user.click(await screen.findByRole('button', { name: 'Remove shop' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/analyses/{analysis_id}')).toHaveLength(1);
    });
  });
  it('finds the analysis of the address where the list does not reach', async () => {
    await open('?analysis=a0', {
      'GET /api/v1/analyses/{analysis_id}': () => analysis({ analysis_id: 'a0', name: 'old' }),
    });
    expect(await screen.findByLabelText('Analysis')).toHaveDisplayValue(/^\u2068old\u2069,/);
  });
});
