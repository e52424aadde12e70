import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { begin, end, refresh, sessionState } from '@/lib/api/session';
import { client } from '@/lib/api/client';
import { fakeCaches } from '@/testing/fake-caches';
import { list, make, mockApi, refuse } from '@/testing/mock-api';
import { me, renderApp } from '@/testing/render-app';
import '@/app/app';
import { answered } from './away';
import { keep, keptUser } from './kept';

const tokenOf = (user: string) => `head.${btoa(JSON.stringify({ sub: user }))}.sign`;
const signIn = (user: string) => {
  begin({ access_token: tokenOf(user), expires_in: 900 });
};
/** The first page of a file loads all of its code. */
const COLD = { timeout: 12_000 };
const CACHE = 'miq-kept-u1';
const report = make('RunReportView', {
  run_id: 'r1',
  tables: [
    make('ReportTable', {
      target: 'orders',
      altered: [make('ReportAltered', { rule: 'round', samples: ['1.239 -> 1.24'] })],
    }),
  ],
  differences: [make('ReportDifference', { table: 'orders', key: { id: '7' }, source: { iban: 'DE02' }, target: {} })],
  errors: [make('ReportFault', { code: 'MIQ-RUN-001', message: 'value 4711 is odd' })],
});
const answers = {
  'GET /api/v1/me': () => me(),
  'GET /api/v1/projects': () => list(make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' })),
  'GET /api/v1/runs/{run_id}/report': () => report,
  'GET /api/v1/connections': () => list(),
};
let kept: ReturnType<typeof fakeCaches>;

beforeEach(() => {
  answered();
  kept = fakeCaches();
});
const readReport = () => client.GET('/api/v1/runs/{run_id}/report', { params: { path: { run_id: 'r1' } } });
const serverGone = () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
};

describe('what was seen', () => {
  it('is kept for its person, without values of rows; other paths are not', async () => {
    mockApi(answers);
    signIn('u1');
    await readReport();
    await client.GET('/api/v1/connections');
    await waitFor(() => {
      expect(kept.paths(CACHE)).toEqual(['/api/v1/runs/r1/report']);
    });
    const text = await kept.text(CACHE, '/api/v1/runs/r1/report');
    expect(text).toContain('MIQ-RUN-001');
    expect(text).toContain('orders');
    for (const value of ['1.239', 'DE02', '4711']) expect(text).not.toContain(value);
  });
  it('is shown while the server is away, and only to who saw it', async () => {
    mockApi(answers);
    signIn('u1');
    await readReport();
    await waitFor(() => {
      expect(kept.paths(CACHE)).toHaveLength(1);
    });
    serverGone();
    expect((await readReport()).data).toMatchObject({ run_id: 'r1', differences: [] });
    await expect(client.GET('/api/v1/connections')).rejects.toMatchObject({ status: 0 });
    signIn('u2');
    await expect(readReport()).rejects.toMatchObject({ status: 0 });
  });
  it('is not kept any more once the server does not show it', async () => {
    let gone = false;
    mockApi({ ...answers, 'GET /api/v1/runs/{run_id}/report': () => (gone ? refuse(404, 'MIQ-API-003') : report) });
    signIn('u1');
    await readReport();
    await waitFor(() => {
      expect(kept.paths(CACHE)).toHaveLength(1);
    });
    gone = true;
    await expect(readReport()).rejects.toMatchObject({ status: 404 });
    await waitFor(() => {
      expect(kept.paths(CACHE)).toEqual([]);
    });
  });
  it('grows old and is not shown then', async () => {
    signIn('u1');
    const request = new Request('http://localhost/api/v1/projects');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-01') });
    await keep('u1', request, new Response('{"items":[]}'));
    vi.setSystemTime(Date.parse('2026-01-16'));
    serverGone();
    await expect(client.GET('/api/v1/projects')).rejects.toMatchObject({ status: 0 });
    vi.useRealTimers();
  });
});

describe('what was kept is taken away', () => {
  const keepSomething = async () => {
    mockApi(answers);
    signIn('u1');
    await readReport();
    await waitFor(() => {
      expect(kept.names()).toEqual([CACHE]);
    });
  };
  it('on signing out', async () => {
    await keepSomething();
    end();
    await waitFor(() => {
      expect(kept.names()).toEqual([]);
    });
  });
  it('when the session is revoked', async () => {
    await keepSomething();
    mockApi({ 'POST /api/v1/auth/refresh': () => refuse(401, 'MIQ-AUTH-003') });
    await refresh();
    expect(sessionState()).toBe('signed-out');
    await waitFor(() => {
      expect(kept.names()).toEqual([]);
    });
  });
  it('when somebody else signs in', async () => {
    await keepSomething();
    signIn('u2');
    await client.GET('/api/v1/projects');
    await waitFor(() => {
      expect(kept.names()).toEqual(['miq-kept-u2']);
    });
    expect(await keptUser()).toBe('u2');
  });
  it('also when an answer was on its way meanwhile', async () => {
    signIn('u1');
    let arrive: (text: string) => void = () => undefined;
    const late = new Response('{}');
    vi.spyOn(late, 'text').mockReturnValue(new Promise((done) => (arrive = done)));
    const done = keep('u1', new Request('http://localhost/api/v1/me'), late);
    end();
    arrive('{}');
    await done;
    expect(kept.names()).toEqual([]);
  });
});

describe('the app without its server', () => {
  it('shows what was seen, and says how old that is', async () => {
    await renderApp('/projects', { answers });
    signIn('u1');
    await client.GET('/api/v1/me');
    expect(await screen.findByRole('link', { name: 'Shop to CRM' }, COLD)).toBeVisible();
    await client.GET('/api/v1/projects', { params: { query: {} } });
    await waitFor(() => {
      expect(kept.paths(CACHE).length).toBeGreaterThan(1);
    });
    serverGone();
    await act(async () => {
      await client.GET('/api/v1/projects', { params: { query: {} } });
    });
    expect(await screen.findByText('The server cannot be reached.')).toBeVisible();
    expect(screen.getByText(/What you see was loaded .*; values of rows are not kept here/)).toBeVisible();
    act(answered);
    expect(screen.queryByText('The server cannot be reached.')).toBeNull();
  });
});
