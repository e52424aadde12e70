import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { Look } from '@/app/look';
// Loaded here, not within the time of each file's first test.
import '@/app/shell/frame';
import { Routes } from '@/app/router';
import { makeQueryClient } from '@/lib/api/query-client';
import { begin, end } from '@/lib/api/session';
import { make, mockApi } from './mock-api';

/** Everything that an owner may do. */
export const ALL = [
  'analyses.read',
  'analyses.values',
  'analyses.write',
  'audit.read',
  'connections.read',
  'connections.write',
  'files.read',
  'files.write',
  'flags.write',
  'keys.write',
  'mappings.read',
  'mappings.write',
  'models.read',
  'models.write',
  'monitor.read',
  'monitor.write',
  'notifications.write',
  'projects.admin',
  'projects.comment',
  'projects.create',
  'projects.read',
  'projects.write',
  'quarantine.read',
  'quarantine.write',
  'roles.write',
  'runs.approve',
  'runs.read',
  'runs.start',
  'runs.undo',
  'schedules.write',
  'suites.read',
  'suites.run',
  'suites.sql',
  'suites.values',
  'suites.write',
  'templates.write',
  'tenant.read',
  'tenant.write',
  'users.read',
  'users.write',
];

export const me = (members: Record<string, unknown> = {}) =>
  make('MeView', {
    user_id: 'u1',
    name: 'Anna Keller',
    email: 'anna@example.com',
    tenant_id: 't1',
    roles: ['owner'],
    permissions: ALL,
    version: 3,
    ...members,
  });

type Answers = Parameters<typeof mockApi>[0];

function Where() {
  const { pathname, search } = useLocation();
  return (
    <output hidden data-testid="where">
      {pathname + search}
    </output>
  );
}
/** Where the app is now. */
export const where = () => screen.getByTestId('where').textContent;

interface Options {
  answers?: Answers;
  permissions?: string[];
  signedIn?: boolean;
}

/** The app at an address, signed in as Anna unless said otherwise, over the mock API. */
export async function renderApp(path: string, { answers = {}, permissions = ALL, signedIn = true }: Options = {}) {
  const api = mockApi({ 'GET /api/v1/me': () => me({ permissions }), ...answers });
  end(false);
  if (signedIn) begin({ access_token: 'token', expires_in: 900 });
  const queries = makeQueryClient(0);
  const user = userEvent.setup({ delay: null });
  // Awaited: what suspends in the first render goes on only then.
  const view = await act(async () =>
    render(
      <QueryClientProvider client={queries}>
        <Suspense fallback={null}>
          <Look>
            <MemoryRouter initialEntries={[path]} useTransitions={false}>
              <Suspense fallback={null}>
                <Routes />
              </Suspense>
              <Where />
            </MemoryRouter>
          </Look>
        </Suspense>
      </QueryClientProvider>,
    ),
  );
  return { api, user, queries, ...view };
}

export const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
