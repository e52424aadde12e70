import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';

const channel = (members = {}) =>
  make('NotificationChannelView', {
    channel_id: 'c1',
    name: 'on call',
    kind: 'webhook',
    target: 'https://hooks.example.com/…',
    events: [],
    version: 2,
    ...members,
  });
const delivery = (members = {}) =>
  make('DeliveryView', { delivery_id: 'd1', subject: 'A run failed', outcome: 'failed', attempts: 5, ...members });
const event = make('NotificationPreferenceView', { event: 'run.failed', text: 'A run failed' });
const ONE = 'GET /api/v1/notification-channels/{channel_id}';
const DELIVERIES = 'GET /api/v1/notification-channels/{channel_id}/deliveries';
const answers = {
  [ONE]: () => channel(),
  [DELIVERIES]: () => list(delivery()),
  'GET /api/v1/me/notification-preferences': () => list(event),
};

itHasFourFaces({
  path: '/administration/channels',
  operation: 'GET /api/v1/notification-channels',
  empty: { answer: list(), text: /No channel yet/ },
});
itHasFourFaces({
  path: '/administration/channels/c1',
  operation: DELIVERIES,
  empty: { answer: list(), text: /Nothing was sent yet/ },
  answers: { [ONE]: () => channel() },
});

describe('a channel', () => {
  it('is made; its secret is shown this once', async () => {
    const { api, user } = await renderApp('/administration/channels', {
      answers: {
        ...answers,
        'GET /api/v1/notification-channels': () => list(),
        'POST /api/v1/notification-channels': () => ({ channel: channel(), secret: 'whsec_shown_once' }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'New channel' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'on call');
    await user.type(dialog.getByRole('textbox', { name: 'URL' }), 'https://hooks.example.com/secret');
    await user.click(await dialog.findByRole('checkbox', { name: 'A run failed' }));
    await user.click(dialog.getByRole('button', { name: 'Make' }));
    expect(await screen.findByText('whsec_shown_once')).toBeVisible();
    expect(api.of('POST /api/v1/notification-channels')[0]?.body).toEqual({
      kind: 'webhook',
      name: 'on call',
      target: 'https://hooks.example.com/secret',
      events: ['run.failed'],
    });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await heading('on call');
    expect(screen.queryByText('whsec_shown_once')).toBeNull();
  });
  it('is tested, and what was given up is tried again', async () => {
    const { api, user } = await renderApp('/administration/channels/c1', { answers });
    await user.click(await screen.findByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText('A test message is on its way.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Try again: A run failed' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/notification-channels/{channel_id}/deliveries/{delivery_id}/retry')).toHaveLength(1);
    });
    expect(api.of('POST /api/v1/notification-channels/{channel_id}/test')).toHaveLength(1);
    expect(api.of(DELIVERIES).length).toBeGreaterThan(1);
  });
  it('says what the server refuses', async () => {
    const { user } = await renderApp('/administration/channels/c1', {
      answers: {
        ...answers,
        'POST /api/v1/notification-channels/{channel_id}/test': () => refuse(409, 'MIQ-API-010'),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Send a test' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Detail of MIQ-API-010');
  });
  it('is changed on the version shown; a conflict is said', async () => {
    const { api, user } = await renderApp('/administration/channels/c1', {
      answers: { ...answers, 'PATCH /api/v1/notification-channels/{channel_id}': () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Change' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('checkbox', { name: 'In use' }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    const sent = api.of('PATCH /api/v1/notification-channels/{channel_id}')[0];
    expect(sent?.headers.get('If-Match')).toBe('"v2"');
    expect(sent?.body).toMatchObject({ name: 'on call', events: [] });
  });
  it('says how much is not sent any more before it is removed', async () => {
    const { user } = await renderApp('/administration/channels/c1', {
      answers: {
        ...answers,
        [DELIVERIES]: ({ query }) => (query.get('outcome') ? list(delivery(), delivery()) : list()),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText('2 messages that wait are not sent any more.')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(where()).toBe('/administration/channels');
    });
  });
});
