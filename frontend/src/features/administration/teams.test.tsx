import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, heading, renderApp, where } from '@/testing/render-app';

const team = (members = {}) =>
  make('TeamView', { team_id: 't7', name: 'Data crew', members: 2, version: 3, ...members });
const user = (user_id: string, name: string) =>
  make('UserView', { user_id, name, email: `${name.toLowerCase()}@example.com`, state: 'active', version: 1 });
const grant = make('GrantView', {
  grant_id: 'g1',
  project_id: 'p1',
  subject_kind: 'team',
  subject_id: 't7',
  role_id: 'engineer',
});
const GET = 'GET /api/v1/teams/{team_id}';
const MEMBERS = 'GET /api/v1/teams/{team_id}/members';
const answers = {
  [GET]: () => team(),
  [MEMBERS]: () => list({ user_id: 'u1' }),
  'GET /api/v1/users': () => list(user('u1', 'Anna'), user('u2', 'Ben')),
  'GET /api/v1/grants': () => list(grant),
  'GET /api/v1/projects': () => list(make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' })),
  'GET /api/v1/roles': () => list(make('RoleView', { role_id: 'engineer', name: 'engineer', built_in: true })),
};

itHasFourFaces({
  path: '/administration/teams',
  operation: 'GET /api/v1/teams',
  empty: { answer: list(), text: /No team yet/ },
});
itHasFourFaces({ path: '/administration/teams/t7', operation: GET, answers: { 'GET /api/v1/grants': () => list() } });

describe('a team', () => {
  it('is made, and opened then', async () => {
    const { api, user: hand } = await renderApp('/administration/teams', {
      answers: { ...answers, 'GET /api/v1/teams': () => list(), 'POST /api/v1/teams': () => team() },
    });
    await hand.click(await screen.findByRole('button', { name: 'New team' }));
    const dialog = within(screen.getByRole('dialog'));
    await hand.type(dialog.getByRole('textbox', { name: 'Name' }), 'Data crew');
    await hand.click(dialog.getByRole('button', { name: 'Make' }));
    await heading('Data crew');
    expect(api.of('POST /api/v1/teams')[0]?.body).toEqual({ name: 'Data crew' });
    expect(where()).toBe('/administration/teams/t7');
  });
  it('takes in who is not in it yet', async () => {
    const { api, user: hand } = await renderApp('/administration/teams/t7', { answers });
    const choice = await screen.findByRole('combobox', { name: 'Add somebody' });
    await waitFor(() => {
      expect(within(choice).getAllByRole('option')).toHaveLength(2);
    });
    await hand.selectOptions(choice, 'u2');
    await hand.click(screen.getAllByRole('button', { name: 'Add' })[0] as HTMLElement);
    await waitFor(() => {
      expect(api.of('POST /api/v1/teams/{team_id}/members')[0]?.body).toEqual({ user_id: 'u2' });
    });
  });
  it('says what somebody loses who is taken out', async () => {
    const { api, user: hand } = await renderApp('/administration/teams/t7', { answers });
    await hand.click(await screen.findByRole('button', { name: 'Take out Anna' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText(/Anna loses the roles that Data crew has in projects/)).toBeVisible();
    await hand.click(dialog.getByRole('button', { name: 'Take out' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/teams/{team_id}/members/{user_id}')[0]?.path).toMatch(/t7\/members\/u1$/);
    });
  });
  it('says what its removal does before it is done', async () => {
    const { api, user: hand } = await renderApp('/administration/teams/t7', { answers });
    await hand.click((await screen.findAllByRole('button', { name: 'Remove' }))[0] as HTMLElement);
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByText('2 people are no longer in a team.')).toBeVisible();
    expect(dialog.getByText(/lose the role engineer in Shop to CRM/)).toBeVisible();
    await hand.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(where()).toBe('/administration/teams');
    });
    expect(api.of('DELETE /api/v1/teams/{team_id}')[0]?.headers.get('If-Match')).toBe('"v3"');
  });
  it('is renamed on the version shown; another one comes only when asked for', async () => {
    let name = 'Data crew';
    const { api, user: hand } = await renderApp('/administration/teams/t7', {
      answers: {
        ...answers,
        [GET]: () => team({ name, version: name === 'Data crew' ? 3 : 4 }),
        'PATCH /api/v1/teams/{team_id}': () => {
          name = 'Theirs';
          return refuse(412, 'MIQ-API-009');
        },
      },
    });
    await hand.click(await screen.findByRole('button', { name: 'Rename' }));
    const dialog = within(screen.getByRole('dialog'));
    await hand.type(dialog.getByRole('textbox', { name: 'Name' }), '2');
    await hand.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of('PATCH /api/v1/teams/{team_id}')[0]?.headers.get('If-Match')).toBe('"v3"');
    await hand.click(dialog.getByRole('button', { name: 'Load the present version' }));
    expect(await screen.findByDisplayValue('Theirs')).toBeVisible();
  });
  it('gets a role in a project', async () => {
    const { api, user: hand } = await renderApp('/administration/teams/t7', { answers });
    await screen.findByRole('link', { name: 'Shop to CRM' });
    await hand.selectOptions(screen.getByRole('combobox', { name: 'Project' }), 'p1');
    await hand.selectOptions(screen.getByRole('combobox', { name: 'Role' }), 'engineer');
    await hand.click(screen.getAllByRole('button', { name: 'Add' })[1] as HTMLElement);
    await waitFor(() => {
      expect(api.of('POST /api/v1/grants')[0]?.body).toEqual({
        project_id: 'p1',
        role_id: 'engineer',
        subject_kind: 'team',
        subject_id: 't7',
      });
    });
  });
  it('is only shown to who may not change it', async () => {
    const readers = ALL.filter((name) => name !== 'users.write' && name !== 'roles.write');
    await renderApp('/administration/teams/t7', { permissions: readers, answers });
    await screen.findByText('Anna');
    expect(screen.queryByRole('button', { name: /Rename|Remove|Add|Take/ })).toBeNull();
  });
});
