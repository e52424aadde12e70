import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, renderApp } from '@/testing/render-app';

const viewer = make('RoleView', { role_id: 'viewer', name: 'viewer', permissions: ['runs.read'], built_in: true });
const own = (members = {}) =>
  make('RoleView', {
    role_id: 'r1',
    name: 'night watch',
    text: 'Looks at night',
    permissions: ['runs.read'],
    built_in: false,
    version: 6,
    ...members,
  });
const permission = (name: string) => make('PermissionView', { name, text: `May ${name}` });
const PATCH = 'PATCH /api/v1/roles/{role_id}';
const answers = {
  'GET /api/v1/roles': () => list(viewer, own()),
  'GET /api/v1/permissions': () => list(permission('runs.read'), permission('runs.start'), permission('models.write')),
};
const cell = (name: string) => screen.findByLabelText(`night watch: May ${name}`, {}, { timeout: 12_000 });

describe('own roles', () => {
  it('are changed in the matrix, on the version that was shown', async () => {
    const { api, user } = await renderApp('/administration/roles', {
      answers: { ...answers, [PATCH]: () => own({ permissions: ['runs.read', 'runs.start'], version: 7 }) },
    });
    await user.click(await cell('runs.start'));
    const bar = within(screen.getByRole('region', { name: 'Changes that are not saved' }));
    expect(bar.getByText('Not saved yet: night watch')).toBeVisible();
    await user.click(bar.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(screen.queryByRole('region', { name: 'Changes that are not saved' })).toBeNull();
    });
    expect(api.of(PATCH)[0]?.body).toEqual({ permissions: ['runs.read', 'runs.start'] });
    expect(api.of(PATCH)[0]?.headers.get('If-Match')).toBe('"v6"');
  }, 30_000);
  it('keep what was ticked when somebody was faster, until theirs is asked for', async () => {
    const { user } = await renderApp('/administration/roles', {
      answers: { ...answers, [PATCH]: () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await cell('runs.start'));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(await cell('runs.start')).toBeChecked();
    await user.click(screen.getByRole('button', { name: 'Load the present version' }));
    expect(await cell('runs.start')).not.toBeChecked();
  });
  it('never permit more than who changes them may', async () => {
    await renderApp('/administration/roles', { permissions: ALL.filter((name) => name !== 'models.write'), answers });
    expect(await cell('models.write')).toBeDisabled();
    expect(await cell('runs.start')).toBeEnabled();
    expect(screen.queryByRole('checkbox', { name: /^viewer/ })).toBeNull();
  });
  it('are made like another one', async () => {
    const { api, user } = await renderApp('/administration/roles', {
      answers: { ...answers, 'POST /api/v1/roles': () => own() },
    });
    await user.click(await screen.findByRole('button', { name: 'New role' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'night watch');
    await user.selectOptions(dialog.getByRole('combobox'), 'viewer');
    await user.click(dialog.getByRole('button', { name: 'Make' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/roles')[0]?.body).toEqual({
        name: 'night watch',
        text: '',
        permissions: ['runs.read'],
      });
    });
  });
  it('are removed after it was said who loses them', async () => {
    const people = [1, 2].map((number) => make('UserView', { user_id: `u${String(number)}`, roles: ['night watch'] }));
    const grant = make('GrantView', { role_id: 'r1' });
    const { api, user } = await renderApp('/administration/roles', {
      answers: { ...answers, 'GET /api/v1/users': () => list(...people), 'GET /api/v1/grants': () => list(grant) },
    });
    await user.click(await screen.findByRole('button', { name: 'Remove night watch' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText('2 people lose this role.')).toBeVisible();
    expect(await dialog.findByText('It is taken away 1 time in projects.')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/roles/{role_id}')[0]?.headers.get('If-Match')).toBe('"v6"');
    });
  });
  it('are only shown to who may not change them', async () => {
    await renderApp('/administration/roles', { permissions: ALL.filter((name) => name !== 'roles.write'), answers });
    await screen.findByRole('row', { name: /May runs\.start/ });
    expect(screen.queryByRole('checkbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'New role' })).toBeNull();
  });
});
