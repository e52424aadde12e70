import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';
import { connectionAt, readFile } from './import/read-file';

const project = (members = {}) =>
  make('ProjectView', {
    project_id: 'p1',
    name: 'Shop to CRM',
    state: 'draft',
    next_states: ['analysing', 'archived'],
    version: 2,
    ...members,
  });
const plan = make('PlanView', {
  plan_id: 'l1',
  project_id: 'p1',
  name: 'nightly',
  source_connection_id: 'c1',
  target_connection_id: 'c2',
});
const GET = 'GET /api/v1/projects/{project_id}';
const answers = { [GET]: () => project(), 'GET /api/v1/projects/{project_id}/plans': () => list(plan) };

itHasFourFaces({
  path: '/projects',
  operation: 'GET /api/v1/projects',
  empty: { answer: list(), text: /No project yet/ },
});
itHasFourFaces({ path: '/projects/p1', operation: GET });

itHasFourFaces({
  path: '/projects/p1',
  operation: 'GET /api/v1/projects/{project_id}/members',
  empty: { answer: { items: [] }, text: /Nobody has a role in this project alone/ },
  answers,
});

describe('a new project', () => {
  it('joins two connections by a plan from a template', async () => {
    const { api, user } = await renderApp('/projects/new', {
      answers: {
        'GET /api/v1/connections': () =>
          list(
            make('ConnectionView', { connection_id: 'c1', name: 'old' }),
            make('ConnectionView', { connection_id: 'c2', name: 'new' }),
          ),
        'GET /api/v1/templates': () =>
          list(make('TemplateView', { template_id: 'whole', name: 'Whole database', description: 'All of it.' })),
        'POST /api/v1/projects': () => project(),
        ...answers,
      },
    });
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Shop to CRM');
    await screen.findAllByRole('option', { name: /old/ });
    await user.selectOptions(screen.getByLabelText('Source'), 'old');
    await user.selectOptions(screen.getByLabelText('Target'), 'new');
    expect(await screen.findByText('All of it.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make the project' }));
    await heading('Shop to CRM');
    const sent = api.of('POST /api/v1/projects')[0];
    expect(sent?.body).toEqual({
      name: 'Shop to CRM',
      description: '',
      source_connection: 'old',
      target_connection: 'new',
      template_id: 'whole',
      plan_name: 'Shop to CRM',
    });
    expect(sent?.headers.get('Idempotency-Key')).toBeTruthy();
  });
  it('says at the field what the server refuses', async () => {
    const { user } = await renderApp('/projects/new', {
      answers: {
        'POST /api/v1/projects': () =>
          refuse(400, 'MIQ-API-002', { errors: [{ pointer: '/name', message: 'the name is taken' }] }),
      },
    });
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Shop');
    await user.click(screen.getByRole('button', { name: 'Make the project' }));
    expect(await screen.findByText('the name is taken')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Name' })).toBeInvalid();
  });
});

describe('a project', () => {
  it('leads from its plan to a rehearsal', async () => {
    const { user } = await renderApp('/projects/p1', { answers });
    await user.click(await screen.findByRole('link', { name: 'Rehearse or run nightly' }));
    expect(where()).toBe('/runs/new?plan=l1');
  });
  it('goes to its next step on the version shown; a conflict is said', async () => {
    const { api, user } = await renderApp('/projects/p1', {
      answers: { ...answers, 'POST /api/v1/projects/{project_id}/state': () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Next step' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Analysis' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of('POST /api/v1/projects/{project_id}/state')[0]?.headers.get('If-Match')).toBe('"v2"');
  });
  it('is loaded again when others change it, and says who is here', async () => {
    let name = 'Shop to CRM';
    const here = make('PresenceView', { user_id: 'u2', name: 'Ben' });
    await renderApp('/projects/p1', {
      answers: {
        ...answers,
        [GET]: () => project({ name }),
        'GET /api/v1/projects/{project_id}/presence': () => ({
          items: [here, make('PresenceView', { user_id: 'u1', name: 'Anna Keller' })],
        }),
      },
    });
    await heading('Shop to CRM');
    expect(await screen.findByText('Also here: Ben')).toBeVisible();
    name = 'Shop to CRM 2';
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    FakeSocket.last?.event('project:p1', 'project.changed', { project_id: 'p1' });
    await heading('Shop to CRM 2');
  });
  it('keeps a change that came too late, until the present version is asked for', async () => {
    const { user } = await renderApp('/projects/p1', {
      answers: { ...answers, 'PATCH /api/v1/projects/{project_id}': () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), '!');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('button', { name: 'Load the present version' })).toBeVisible();
    expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Shop to CRM!');
  });
});

describe('the members', () => {
  const member = make('MemberView', { grant_id: 'g1', name: 'Ben Ito', kind: 'user', role: 'editor' });
  const roles = () => list(make('RoleView', { role_id: 'editor', name: 'Editor' }));
  const people = { ...answers, 'GET /api/v1/roles': roles };

  it('are given a role', async () => {
    const { api, user } = await renderApp('/projects/p1', {
      answers: {
        ...people,
        'GET /api/v1/users': () => list(make('UserView', { user_id: 'u2', name: 'Ben', email: 'ben@example.com' })),
        'POST /api/v1/projects/{project_id}/members': () => member,
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Add a member' }));
    const dialog = within(screen.getByRole('dialog'));
    await dialog.findByRole('option', { name: 'Ben (ben@example.com)' });
    await user.selectOptions(dialog.getByLabelText('Who'), 'u2');
    await user.selectOptions(dialog.getByLabelText('Role'), 'editor');
    await user.click(dialog.getByRole('button', { name: 'Add' }));
    await waitFor(() => {
      const sent = api.of('POST /api/v1/projects/{project_id}/members')[0];
      expect(sent?.body).toEqual({ kind: 'user', subject_id: 'u2', role: 'editor' });
    });
  });
  it('lose it, after asking', async () => {
    const { api, user } = await renderApp('/projects/p1', {
      answers: { ...people, 'GET /api/v1/projects/{project_id}/members': () => ({ items: [member] }) },
    });
    expect(await screen.findByText('Editor')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Remove Ben Ito' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/projects/{project_id}/members/{grant_id}')).toHaveLength(1);
    });
  });
  it('are changed only by who may', async () => {
    await renderApp('/projects/p1', { answers: people, permissions: ['projects.read', 'projects.write'] });
    await screen.findByText(/Nobody has a role/);
    expect(screen.queryByRole('button', { name: 'Add a member' })).toBeNull();
  });
});

describe('a project as a whole', () => {
  it('is archived when its name was typed', async () => {
    const { api, user } = await renderApp('/projects/p1', { answers });
    await user.click(await screen.findByRole('button', { name: 'More' }));
    await user.click(screen.getByRole('menuitem', { name: 'Archive…' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Archive' })).toBeDisabled();
    await user.type(dialog.getByRole('textbox', { name: 'Type Shop to CRM to go on' }), 'Shop to CRM');
    await user.click(dialog.getByRole('button', { name: 'Archive' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/projects/{project_id}/state')[0]?.body).toEqual({ state: 'archived' });
    });
  });
  it('is removed only as a draft or archived, when its name was typed', async () => {
    const first = await renderApp('/projects/p1', {
      answers: { ...answers, [GET]: () => project({ state: 'ready' }) },
    });
    await first.user.click(await screen.findByRole('button', { name: 'More' }));
    expect(screen.queryByRole('menuitem', { name: 'Remove…' })).toBeNull();
    first.unmount();
    const { api, user } = await renderApp('/projects/p1', { answers });
    await user.click(await screen.findByRole('button', { name: 'More' }));
    await user.click(screen.getByRole('menuitem', { name: 'Remove…' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'Shop to CRM');
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(where()).toBe('/projects');
    });
    expect(api.of('DELETE /api/v1/projects/{project_id}')[0]?.headers.get('If-Match')).toBe('"v2"');
  });
});

describe('an import', () => {
  const POST = 'POST /api/v1/projects/import';
  const connections = () => list(make('ConnectionView', { name: 'shop' }), make('ConnectionView', { name: 'crm' }));
  const open = () =>
    renderApp('/projects/import', {
      answers: {
        ...answers,
        'GET /api/v1/connections': connections,
        [POST]: () => ({ project_id: 'p1', name: 'Shop to CRM', version: 1 }),
      },
    });
  const yaml = 'version: 1\nname: nightly\nsource: {url: "csv:shop"}\ntarget:\n  connection: crm\nmappings: []\n';

  it('of a plan file asks for the ends that it has no connection for, and shows what it will make', async () => {
    const { api, user } = await open();
    await user.upload(await screen.findByLabelText('File'), new File([yaml], 'nightly.yaml'));
    expect(await screen.findByLabelText('Target')).toHaveValue('crm');
    expect(screen.getByRole('button', { name: 'Make the project' })).toBeDisabled();
    await user.selectOptions(screen.getByLabelText('Source'), 'shop');
    expect(screen.getByText('The plan nightly; lines: 6')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make the project' }));
    await heading('Shop to CRM');
    expect(api.of(POST)[0]?.body).toEqual({
      name: 'nightly',
      text: yaml,
      plan_name: 'nightly',
      connections: { source: 'shop', target: 'crm', crm: 'crm' },
    });
  });
  it('of an export puts connections of here in the place of its own', async () => {
    const document = {
      version: 1,
      name: 'Old',
      plans: [{ name: 'main', text: 'source: {connection: legacy}\ntarget: {connection: crm}\n' }],
      connections: [{ name: 'legacy', kind: 'csv' }],
    };
    const { api, user } = await open();
    await user.upload(await screen.findByLabelText('File'), new File([JSON.stringify(document)], 'old.json'));
    await user.selectOptions(await screen.findByLabelText('Connection for legacy'), 'shop');
    expect(screen.getByText('The project Old')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make the project' }));
    await waitFor(() => {
      expect(api.of(POST)[0]?.body).toEqual({ name: 'Old', document, connections: { legacy: 'shop', crm: 'crm' } });
    });
  });
  it('says what the server refuses', async () => {
    const { user } = await renderApp('/projects/import', {
      answers: { 'GET /api/v1/connections': connections, [POST]: () => refuse(422, 'MIQ-PLAN-002') },
    });
    const both = 'source: {connection: shop}\ntarget: {connection: crm}\n';
    await user.upload(await screen.findByLabelText('File'), new File([both], 'x.yaml'));
    await user.click(await screen.findByRole('button', { name: 'Make the project' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('MIQ-PLAN-002');
  });
  it.each([
    ['source: {connection: shop, schema: a}\ntarget: {}', 'shop'],
    ['version: 1\nsource:\n  schema: a\n  connection: "my shop"\ntarget: {connection: x}', 'my shop'],
    ['{"version": 1, "source": {"connection": "shop"}, "target": {"connection": "x"}}', 'shop'],
    ['source: {url: "csv:connection: y"}\ntarget: {connection: x}', undefined],
  ])('finds the source of %j', (text, name) => {
    expect(connectionAt(text, 'source')).toBe(name);
  });
  it('takes for a plan what says not that it is an export', () => {
    expect(readFile('a.b.yaml', 'version: 1').kind).toBe('plan');
    expect(readFile('x.json', '{"name": "x", "plans": []}').kind).toBe('document');
  });
});
