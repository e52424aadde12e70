import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';

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
