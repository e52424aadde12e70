import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { heading, me, renderApp } from '@/testing/render-app';
import { shortAgent } from './components/sessions-panel';

const session = (members = {}) =>
  make('SessionView', {
    session_id: 's1',
    agent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537',
    current: true,
    ...members,
  });

itHasFourFaces({
  path: '/account/keys',
  operation: 'GET /api/v1/api-keys',
  empty: { answer: list(), text: /No API key/ },
});
itHasFourFaces({ path: '/account/security', operation: 'GET /api/v1/auth/sessions' });
itHasFourFaces({ path: '/account/notifications', operation: 'GET /api/v1/me/notification-preferences' });
itHasFourFaces({ path: '/account', operation: 'GET /api/v1/me' });

describe('the profile', () => {
  it('changes the name on the version shown, and says a conflict', async () => {
    const { api, user } = await renderApp('/account', {
      answers: { 'PATCH /api/v1/me': () => refuse(412, 'MIQ-API-009') },
    });
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), ' jr.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of('PATCH /api/v1/me')[0]?.headers.get('If-Match')).toBe('"v3"');
  });
  it('changes language and direction at once', async () => {
    const { user } = await renderApp('/account');
    await heading('Profile');
    await user.selectOptions(within(screen.getByRole('main')).getByLabelText('Language'), 'العربية');
    await heading('الملف الشخصي');
    expect(document.documentElement.dir).toBe('rtl');
    await user.selectOptions(within(screen.getByRole('main')).getByLabelText('اللغة'), 'English');
    await heading('Profile');
    expect(document.documentElement.dir).toBe('ltr');
  });
});

describe('sessions', () => {
  it('are ended everywhere else, one by one', async () => {
    const { api, user } = await renderApp('/account/security', {
      answers: {
        'GET /api/v1/auth/sessions': () =>
          list(
            session(),
            session({ session_id: 's2', current: false, agent: 'curl/8.5' }),
            session({ session_id: 's3', current: false }),
          ),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Sign out everywhere else' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/auth/sessions/{session_id}').map(({ path }) => path.split('/').at(-1))).toEqual([
        's2',
        's3',
      ]);
    });
  });
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537 Edg/140.0', 'Chrome · Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140) Gecko Firefox/140.0', 'Firefox · Linux'],
    ['curl/8.5', 'curl'],
    ['', ''],
  ])('%s is shown short', (agent, short) => {
    expect(shortAgent(agent)).toBe(short);
  });
});

describe('the second factor', () => {
  it('is set up by a code; then the recovery codes are shown once', async () => {
    let totp = false;
    const { api, user } = await renderApp('/account/security', {
      answers: {
        'GET /api/v1/me': () => me({ totp }),
        'POST /api/v1/auth/totp': () => ({
          secret: 'JBSWY3DPEHPK3PXP',
          uri: 'otpauth://totp/MigrateIQ:anna?secret=JBSWY3DPEHPK3PXP',
        }),
        'POST /api/v1/auth/totp/confirm': () => {
          totp = true;
          return { codes: ['aaaa-bbbb', 'cccc-dddd'] };
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Set up an authenticator' }));
    expect(await screen.findByRole('img', { name: 'The secret as a QR code' })).toBeVisible();
    expect(screen.getByText('JBSW Y3DP EHPK 3PXP')).toBeVisible();
    await user.type(screen.getByLabelText('Code that it shows now'), '123 456');
    await user.click(screen.getByRole('button', { name: 'Switch it on' }));
    expect(await screen.findByText('cccc-dddd')).toBeVisible();
    expect(api.of('POST /api/v1/auth/totp/confirm')[0]?.body).toEqual({ otp: '123456' });
    await user.click(screen.getByRole('button', { name: 'I have kept them' }));
    expect(screen.queryByText('cccc-dddd')).toBeNull();
    expect(await screen.findByText('Signing in needs a code of your authenticator.')).toBeVisible();
  });
  it('asks for a proof of identity when the server wants one, then goes on', async () => {
    let proven = false;
    const { api, user } = await renderApp('/account/security', {
      answers: {
        'GET /api/v1/me': () => me({ totp: true }),
        'POST /api/v1/auth/step-up': () => {
          proven = true;
        },
        'POST /api/v1/auth/recovery-codes': () => (proven ? { codes: ['eeee-ffff'] } : refuse(403, 'MIQ-API-008')),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'New recovery codes' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Prove again who you are' }));
    await user.type(dialog.getByLabelText('Code of your authenticator'), '654321');
    await user.click(dialog.getByRole('button', { name: 'Confirm' }));
    expect(await screen.findByText('eeee-ffff')).toBeVisible();
    expect(api.of('POST /api/v1/auth/recovery-codes')).toHaveLength(2);
  });
});

describe('API keys', () => {
  it('are made with an end and with chosen permissions, and shown once', async () => {
    const { api, user } = await renderApp('/account/keys', {
      answers: {
        'GET /api/v1/api-keys': () => list(),
        'POST /api/v1/api-keys': () => ({ key: 'miq_1_secret', api_key: make('ApiKeyView', { name: 'ci' }) }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'New API key' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'ci');
    await user.selectOptions(dialog.getByLabelText('Expires'), '30 days');
    await user.click(dialog.getByRole('checkbox', { name: /^runs\.read/ }));
    await user.click(dialog.getByRole('button', { name: 'New API key' }));
    expect(await dialog.findByText('miq_1_secret')).toBeVisible();
    const body = api.of('POST /api/v1/api-keys')[0]?.body as { expires_at: string };
    expect(body).toMatchObject({ name: 'ci', permissions: ['runs.read'] });
    expect(Math.round((Date.parse(body.expires_at) - Date.now()) / 86_400_000)).toBe(30);
  });
});

describe('notifications', () => {
  it('are chosen event by event', async () => {
    const preference = make('NotificationPreferenceView', {
      event: 'run.failed',
      text: 'A run failed',
      in_app: true,
      mail: false,
      whose: 'own',
    });
    const { api, user } = await renderApp('/account/notifications', {
      answers: {
        'GET /api/v1/me/notification-preferences': () => list(preference),
        'PUT /api/v1/me/notification-preferences/{event}': () => preference,
      },
    });
    await user.click(await screen.findByRole('checkbox', { name: 'A run failed, or found differences: By mail' }));
    await waitFor(() => {
      expect(api.of('PUT /api/v1/me/notification-preferences/{event}')[0]?.body).toEqual({
        in_app: true,
        mail: true,
        whose: 'own',
      });
    });
  });
});
