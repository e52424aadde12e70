import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, renderApp, where } from '@/testing/render-app';
// Loaded before the first test, whose time it would take else.
import './routes/models';

const figures = (log_loss: number) =>
  make('ModelFigures', { log_loss, brier: 0.1, calibration_error: 0.04, sure_share: 0.5 });
const metrics = make('ModelMetrics', {
  learned_from: 700,
  held_out: 300,
  before: figures(0.4),
  after: figures(0.2),
  confidences: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  accepted: 0.8,
});
const model = (number: number, state: string, members = {}) =>
  make('ModelView', {
    model_id: `m${String(number)}`,
    number,
    state,
    metrics,
    lineage: make('ModelLineage', { shipped: '120 pairs of tables', decisions: 1000, ...members }),
  });
const shipped = { number: 0, state: 'retired', lineage: make('ModelLineage', { shipped: '120 pairs of tables' }) };
const MODELS = 'GET /api/v1/models';
const models = () => list(model(3, 'active', { replaces: 'm1' }), model(2, 'refused'), model(1, 'retired'), shipped);
const drift = { items: [] };
const answers = { [MODELS]: models, 'GET /api/v1/models/drift': () => drift };

itHasFourFaces({
  path: '/operations/models',
  operation: MODELS,
  empty: { answer: list(), text: 'There is no model.' },
  answers,
});

describe('models', () => {
  it('say where they come from and how well they fit', async () => {
    const { user } = await renderApp('/operations/models', { answers });
    await user.click(await screen.findByRole('link', { name: 'Version 3' }));
    const panel = await screen.findByRole('complementary', { name: 'Version 3' });
    expect(within(panel).getByText('120 pairs of tables')).toBeVisible();
    expect(within(panel).getByText('Learned from 700 decisions; 300 were held out.')).toBeVisible();
    expect(within(panel).getByRole('row', { name: 'Log loss 0.4 0.2' })).toBeVisible();
    expect(within(panel).queryByRole('button', { name: 'Use this one' })).toBeNull();
  });
  it('are put to use again after saying what that does', async () => {
    const { api, user } = await renderApp('/operations/models?model=m1', { answers });
    await user.click(await screen.findByRole('button', { name: 'Use this one' }));
    const dialog = screen.getByRole('dialog', { name: 'Use Version 1' });
    expect(dialog).toHaveTextContent('From now on Version 1 makes the suggestions instead of Version 3.');
    await user.click(within(dialog).getByRole('button', { name: 'Use this one' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/models/{model_id}/promote')[0]?.path).toContain('/m1/');
    });
  });
  it('are rolled back to the one before', async () => {
    const { api, user } = await renderApp('/operations/models', { answers });
    await user.click(await screen.findByRole('button', { name: 'Roll back' }));
    const dialog = screen.getByRole('dialog', { name: 'Roll back' });
    expect(dialog).toHaveTextContent('Version 1 makes the suggestions again instead of Version 3');
    await user.click(within(dialog).getByRole('button', { name: 'Roll back' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/models/roll-back')).toHaveLength(1);
    });
  });
  it('are trained anew by a job, which says how it ended', async () => {
    const { user } = await renderApp('/operations/models', {
      answers: {
        ...answers,
        'POST /api/v1/models/train': () => ({ job_id: 'j1', state: 'queued' }),
        'GET /api/v1/runs/{run_id}': () =>
          make('RunView', {
            state: 'failed',
            error: { code: 'MIQ-RUN-001', message: 'too few decisions', fix: 'Decide more.' },
          }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Retrain' }));
    const dialog = screen.getByRole('dialog', { name: 'Retrain' });
    expect(dialog).toHaveTextContent('three in ten are held out');
    await user.click(within(dialog).getByRole('button', { name: 'Retrain' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('too few decisions');
    expect(where()).toContain('job=j1');
  });
  it('tell what the server refuses', async () => {
    const { user } = await renderApp('/operations/models', {
      answers: { ...answers, 'POST /api/v1/models/roll-back': () => refuse(409, 'MIQ-API-010') },
    });
    await user.click(await screen.findByRole('button', { name: 'Roll back' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Roll back' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('MIQ-API-010');
  });
  it('that drift say so', async () => {
    const week = make('ModelWeekView', {
      from: '2026-05-04T00:00:00Z',
      decisions: 40,
      accepted: 0.5,
      expected: 0.9,
      drifted: true,
    });
    await renderApp('/operations/models', {
      answers: { ...answers, 'GET /api/v1/models/drift': () => ({ items: [week] }) },
      permissions: ALL.filter((each) => each !== 'models.write'),
    });
    const table = await screen.findByRole('table', { name: 'Drift of the model in use' });
    expect(await within(table).findByText('Drifted')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retrain' })).toBeNull();
  });
});
