import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, renderApp } from '@/testing/render-app';

const user = (members = {}) =>
  make('UserView', {
    user_id: 'u2',
    name: 'Ben Ito',
    email: 'ben@example.com',
    state: 'active',
    roles: ['viewer'],
    version: 5,
    ...members,
  });
const role = (name: string, permissions: string[]) =>
  make('RoleView', { role_id: name, name, text: `What ${name} is for`, permissions, built_in: true });
const roles = () => list(role('viewer', ['runs.read']), role('engineer', ['runs.read', 'runs.start']));
const answers = { 'GET /api/v1/users': () => list(user()), 'GET /api/v1/roles': roles };

itHasFourFaces({
  path: '/administration',
  operation: 'GET /api/v1/users',
  empty: { answer: list(), text: /Nothing fits/ },
});
itHasFourFaces({
  path: '/administration/invitations',
  operation: 'GET /api/v1/invitations',
  empty: { answer: list(), text: /Nobody is invited/ },
});
itHasFourFaces({ path: '/administration/roles', operation: 'GET /api/v1/roles' });
itHasFourFaces({
  path: '/administration/audit',
  operation: 'GET /api/v1/audit',
  empty: { answer: list(), text: /Nothing fits/ },
});

describe('people', () => {
  it('get other roles on the version shown; a conflict is said', async () => {
    const { api, user: hand } = await renderApp('/administration', {
      answers: { ...answers, 'PATCH /api/v1/users/{user_id}': () => refuse(412, 'MIQ-API-009') },
    });
    await hand.click(await screen.findByRole('button', { name: 'Change Ben Ito' }));
    const dialog = within(screen.getByRole('dialog'));
    await hand.click(await dialog.findByRole('checkbox', { name: 'engineer' }));
    await hand.click(dialog.getByRole('button', { name: 'Save the roles' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    const sent = api.of('PATCH /api/v1/users/{user_id}')[0];
    expect(sent?.body).toEqual({ roles: ['viewer', 'engineer'] });
    expect(sent?.headers.get('If-Match')).toBe('"v5"');
  });
  it('are disabled, and helped to a new password', async () => {
    const { api, user: hand } = await renderApp('/administration', {
      answers: {
        ...answers,
        'POST /api/v1/users/{user_id}/reset-link': () => ({ link: 'https://miq/reset-password#token=x' }),
      },
    });
    await hand.click(await screen.findByRole('button', { name: 'Change Ben Ito' }));
    await hand.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Disable' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/users/{user_id}/disable')).toHaveLength(1);
    });
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    await hand.click(screen.getByRole('button', { name: 'Change Ben Ito' }));
    await hand.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Link to a new password' }));
    expect(await screen.findByText('https://miq/reset-password#token=x')).toBeVisible();
  });
  it('are only shown to who may not change them', async () => {
    await renderApp('/administration', { permissions: ALL.filter((name) => name !== 'users.write'), answers });
    await screen.findByText('ben@example.com');
    expect(screen.queryByRole('button', { name: /Change/ })).toBeNull();
  });
  it('are invited with roles; the link is shown to be handed on', async () => {
    const invitation = make('InvitationView', { email: 'cleo@example.com' });
    const { api, user: hand } = await renderApp('/administration/invitations', {
      answers: {
        ...answers,
        'GET /api/v1/invitations': () => list(),
        'POST /api/v1/invitations': () => ({ invitation, link: 'https://miq/accept-invitation#token=y' }),
      },
    });
    await hand.click(await screen.findByRole('button', { name: 'Invite' }));
    const dialog = within(screen.getByRole('dialog'));
    await hand.type(dialog.getByRole('textbox', { name: 'E-mail' }), 'cleo@example.com');
    await hand.click(await dialog.findByRole('checkbox', { name: 'viewer' }));
    await hand.click(dialog.getByRole('button', { name: 'Invite' }));
    expect(await screen.findByText('https://miq/accept-invitation#token=y')).toBeVisible();
    expect(api.of('POST /api/v1/invitations')[0]?.body).toEqual({ email: 'cleo@example.com', roles: ['viewer'] });
  });
});

describe('roles', () => {
  it('stand beside the permissions that they hold', async () => {
    const permission = (name: string) => make('PermissionView', { name, text: `May ${name}` });
    await renderApp('/administration/roles', {
      answers: {
        'GET /api/v1/roles': roles,
        'GET /api/v1/permissions': () => list(permission('runs.read'), permission('runs.start')),
      },
    });
    const row = await screen.findByRole('row', { name: /May runs\.start/ });
    expect(
      within(row)
        .getAllByRole('img')
        .map((image) => image.getAttribute('aria-label')),
    ).toEqual(['no', 'yes']);
  });
});

describe('the audit log', () => {
  it.each([
    [{ entries: 1200, unbroken: true, head: 'abc' }, 'Unbroken. Entries: 1,200.'],
    [{ entries: 1200, unbroken: false, broken_at: 77, head: 'abc' }, 'Broken at entry 77'],
  ])('is proven when asked to: %j', async (proof, text) => {
    const { api, user: hand } = await renderApp('/administration/audit', {
      answers: { 'GET /api/v1/audit/verify': () => proof },
    });
    const button = await screen.findByRole('button', { name: 'Prove it now' });
    expect(api.of('GET /api/v1/audit/verify')).toHaveLength(0);
    await hand.click(button);
    expect(await screen.findByText(text)).toBeVisible();
  });
});
