import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { renderApp } from '@/testing/render-app';
// Loaded before the first test, whose time it would take else.
import './routes/windows';

const LIST = 'GET /api/v1/maintenance-windows';
const PATCH = 'PATCH /api/v1/maintenance-windows/{window_id}';
const window = (members = {}) =>
  make('WindowView', {
    window_id: 'w1',
    name: 'night',
    mode: 'allow',
    cron: '0 1 * * *',
    time_zone: 'Europe/Berlin',
    minutes: 120,
    version: 2,
    ...members,
  });
const answers = { [LIST]: () => list(window()) };

itHasFourFaces({
  path: '/operations/windows',
  operation: LIST,
  empty: { answer: list(), text: /No maintenance window/ },
});
itHasFourFaces({
  path: '/operations/alerts',
  operation: 'GET /api/v1/check-alerts',
  empty: { answer: list(), text: 'Nothing wants attention.' },
});

describe('a maintenance window', () => {
  it('is made for all connections or for one', async () => {
    const { api, user } = await renderApp('/operations/windows', {
      answers: {
        ...answers,
        'GET /api/v1/connections': () => list(make('ConnectionView', { connection_id: 'c1', name: 'crm' })),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'New window' }));
    const dialog = screen.getByRole('dialog', { name: 'New maintenance window' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'freeze');
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Meaning' }), 'deny');
    expect(dialog).toHaveTextContent('While it is open nothing is written');
    await within(dialog).findByRole('option', { name: 'crm' });
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Connection' }), 'crm');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/maintenance-windows')[0]?.body).toMatchObject({
        name: 'freeze',
        mode: 'deny',
        connection_id: 'c1',
        cron: '0 2 * * *',
        minutes: 120,
      });
    });
  });
  it('is changed on the version shown; somebody faster is told', async () => {
    const { api, user } = await renderApp('/operations/windows', {
      answers: { ...answers, [PATCH]: () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Edit: night' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of(PATCH)[0]?.headers.get('If-Match')).toBe('"v2"');
  });
  it('is removed after saying what that means', async () => {
    const { api, user } = await renderApp('/operations/windows', { answers });
    await user.click(await screen.findByRole('button', { name: 'Remove: night' }));
    expect(screen.getByRole('dialog')).toHaveTextContent('Runs that waited for it begin at once');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/maintenance-windows/{window_id}')[0]?.headers.get('If-Match')).toBe('"v2"');
    });
  });
});
