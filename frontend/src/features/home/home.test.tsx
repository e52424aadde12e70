import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make } from '@/testing/mock-api';
import { heading, renderApp } from '@/testing/render-app';

const progress = (rows_rejected = 0) => ({
  phase: 'done',
  seconds: 1,
  rows_done: 500,
  rows_total: 1000,
  bytes_done: 1,
  rows_rejected,
  tables: [],
});
const run = (members = {}) =>
  make('RunView', { run_id: 'r1', name: 'nightly', kind: 'run', state: 'running', progress: progress(), ...members });

itHasFourFaces({
  path: '/',
  operation: 'GET /api/v1/approvals',
  empty: { answer: list(), text: 'Nothing waits for you.' },
});

describe('home', () => {
  it('leads a new tenant to connections, then to a project', async () => {
    await renderApp('/', {
      answers: { 'GET /api/v1/projects': () => list(), 'GET /api/v1/connections': () => list() },
    });
    expect(await screen.findByRole('link', { name: 'Add a connection' })).toHaveAttribute('href', '/connections/new');
    expect(screen.getByRole('link', { name: 'Make a project' })).toHaveAttribute('href', '/projects/new');
  });
  it('shows the projects of who has a role in these alone, and how to come to all', async () => {
    await renderApp('/', {
      permissions: [],
      answers: { 'GET /api/v1/projects': () => list(make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' })) },
    });
    const own = within(await screen.findByRole('region', { name: 'Your projects' }));
    expect(own.getByRole('link', { name: 'Shop to CRM' })).toHaveAttribute('href', '/projects/p1');
    expect(own.getByRole('link', { name: 'All of them' })).toHaveAttribute('href', '/projects');
  });
  it('shows what runs, what waits and what failed', async () => {
    await renderApp('/', {
      answers: {
        'GET /api/v1/projects': () => list(make('ProjectView')),
        'GET /api/v1/approvals': () => list(run({ run_id: 'r2', name: 'cutover', state: 'queued' })),
        'GET /api/v1/runs': ({ query }) => {
          if (query.get('state') === 'running') return list(run());
          return query.get('state') === 'succeeded'
            ? list(run({ run_id: 'r3', name: 'weekly', state: 'succeeded', progress: progress(4) }))
            : list();
        },
        'GET /api/v1/notifications': () =>
          list(
            make('NotificationView', {
              event: 'run.failed',
              title: 'The run of shop failed',
              link: 'https://miq.example/runs/r9',
            }),
          ),
      },
    });
    const now = within(await screen.findByRole('region', { name: 'Running now' }));
    expect(await now.findByRole('link', { name: 'nightly' })).toHaveAttribute('href', '/runs/r1');
    expect(now.getByText('50%')).toBeVisible();
    const waiting = within(screen.getByRole('region', { name: 'Waits for you' }));
    expect(await waiting.findByRole('link', { name: 'cutover waits for an approval' })).toHaveAttribute(
      'href',
      '/runs/r2',
    );
    expect(await waiting.findByRole('link', { name: 'weekly has rows in quarantine' })).toHaveAttribute(
      'href',
      '/runs/r3/quarantine',
    );
    const alerts = within(screen.getByRole('region', { name: 'Alerts' }));
    expect(await alerts.findByRole('link', { name: 'The run of shop failed' })).toHaveAttribute('href', '/runs/r9');
  });
  it('asks for nothing that the person may not see', async () => {
    const { api } = await renderApp('/', { permissions: ['projects.read'] });
    await heading('Hello, Anna Keller');
    await screen.findByRole('region', { name: 'Alerts' });
    expect(api.sent.filter(({ path }) => /runs|approvals|monitor/.test(path))).toEqual([]);
  });
});
