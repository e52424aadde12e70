import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { list, make } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { hears, open } from './testing/desk';
import { LIST, ONE, PROJECT, matching, server } from './testing/server';

describe('a matching at work', () => {
  it('tells its progress live, and shows what it found when it is over', async () => {
    const given = server();
    let state = 'running';
    const now = () => matching({ state, progress: { phase: 'reading the source', done: 0, total: 3, unit: 'steps' } });
    await renderApp('/projects/p1/mapping', {
      answers: { ...given.answers, [LIST]: () => list(now()), [ONE]: now },
    });
    expect(await screen.findByText('Reading the source')).toBeVisible();
    await hears('run:m1');
    act(() => {
      FakeSocket.last?.event('run:m1', 'run.progress', { phase: 'matching', done: 2, total: 3, unit: 'steps' });
    });
    expect(await screen.findByText('Comparing columns')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Progress of the matching' })).toHaveAttribute(
      'aria-valuenow',
      '66',
    );
    state = 'succeeded';
    act(() => {
      FakeSocket.last?.event('project:p1', 'matching.finished', { matching_id: 'm1', name: 'x', state });
    });
    expect(await screen.findByRole('listbox')).toBeVisible();
  });

  it('that failed says why', async () => {
    const failed = matching({ state: 'failed', error: { code: 'MIQ-CONN-001', message: 'no answer', fix: 'Look.' } });
    await renderApp('/projects/p1/mapping', {
      answers: { ...PROJECT, [LIST]: () => list(failed), [ONE]: () => failed },
    });
    expect(await screen.findByText('This matching failed')).toBeVisible();
    expect(screen.getByText('MIQ-CONN-001')).toBeVisible();
  });

  it('is started between two connections', async () => {
    const connections = list(
      make('ConnectionView', { connection_id: 'c1', name: 'shop', kind: 'sqlite' }),
      make('ConnectionView', { connection_id: 'c2', name: 'crm', kind: 'postgresql' }),
    );
    const { user, api } = await renderApp('/projects/p1/mapping/new', {
      answers: {
        ...PROJECT,
        'GET /api/v1/connections': () => connections,
        'POST /api/v1/projects/{project_id}/matchings': () => matching({ matching_id: 'm9' }),
      },
    });
    const main = await screen.findByRole('main');
    await user.selectOptions(await within(main).findByLabelText('Source'), 'shop (sqlite)');
    await user.selectOptions(within(main).getByLabelText('Target'), 'crm (postgresql)');
    await user.selectOptions(within(main).getByLabelText(/Rows of each table/), 'None: names and types only');
    await user.click(within(main).getByText('More options'));
    await user.type(within(main).getByLabelText('Tables of the source'), 'CUST*\nORD_*');
    await user.click(within(main).getByRole('button', { name: 'Start a matching' }));
    await waitFor(() => {
      expect(where()).toBe('/projects/p1/mapping?matching=m9');
    });
    expect(api.of('POST /api/v1/projects/{project_id}/matchings')[0]?.body).toEqual({
      source_connection_id: 'c1',
      target_connection_id: 'c2',
      rows: 0,
      source_tables: ['CUST*', 'ORD_*'],
    });
  });

  it('is removed after it was asked', async () => {
    const { user, api } = await open();
    await user.click(screen.getByRole('button', { name: 'Remove this matching' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove this matching' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/matchings/{matching_id}')).toHaveLength(1);
    });
  });
});
