import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { begin, end, onProofNeeded, onSession, refresh, sessionFetch, sessionState } from './session';

const json = (status: number, body: object = {}) => new Response(JSON.stringify(body), { status });
const get = () => sessionFetch(new Request('http://localhost/api/v1/me'));
const CSRF = { csrf_token: 'csrf' };
const NEXT = { access_token: 'two', expires_in: 900, csrf_token: 'another' };
let server: ReturnType<typeof vi.fn<(path: string, headers: Headers) => Response>>;

beforeEach(() => {
  server = vi.fn(() => json(200));
  vi.stubGlobal('fetch', (input: Request | string, init?: RequestInit) => {
    const request = new Request(
      new URL(input instanceof Request ? input.url : input, 'http://localhost'),
      input instanceof Request ? input : init,
    );
    return Promise.resolve(server(new URL(request.url).pathname, request.headers));
  });
});
afterEach(() => {
  vi.useRealTimers();
});
const paths = () => server.mock.calls.map(([path]) => path);

describe('the session', () => {
  it('sends its token', async () => {
    begin({ access_token: 'one', expires_in: 900 });
    await get();
    expect(server.mock.calls[0]?.[1].get('Authorization')).toBe('Bearer one');
  });
  it('gets a new token before the old one ends, once for all requests', async () => {
    begin({ access_token: 'one', expires_in: 1 });
    server.mockImplementation((path) => (path.endsWith('refresh') ? json(200, NEXT) : json(200, CSRF)));
    await Promise.all([get(), get(), get()]);
    expect(paths().filter((path) => path.endsWith('refresh'))).toHaveLength(1);
    const refreshed = server.mock.calls.find(([path]) => path.endsWith('refresh'));
    expect(refreshed?.[1].get('X-CSRF-Token')).toBe('csrf');
    expect(server.mock.calls.at(-1)?.[1].get('Authorization')).toBe('Bearer two');
  });
  it('asks again with a new token when the old one is refused', async () => {
    begin({ access_token: 'one', expires_in: 900 });
    server.mockImplementation((path, headers) => {
      if (path.endsWith('refresh')) return json(200, NEXT);
      if (path.endsWith('csrf')) return json(200, CSRF);
      return json(headers.get('Authorization') === 'Bearer two' ? 200 : 401);
    });
    expect((await get()).status).toBe(200);
  });
  it('ends when the server says so, and forgets what it knew', async () => {
    begin({ access_token: 'one', expires_in: 900 });
    const told = vi.fn();
    const stop = onSession(told);
    server.mockImplementation((path) => (path.endsWith('csrf') ? json(200, CSRF) : json(401)));
    expect((await get()).status).toBe(401);
    expect(sessionState()).toBe('signed-out');
    expect(told).toHaveBeenCalledOnce();
    expect(await refresh()).toBe(false);
    expect(paths().filter((path) => path.endsWith('refresh'))).toHaveLength(1);
    stop();
  });
  it('ends when the cookie has no session any more', async () => {
    begin({ access_token: 'one', expires_in: 1 });
    server.mockImplementation((path) => json(path.endsWith('csrf') ? 200 : 401));
    await get();
    expect(sessionState()).toBe('signed-out');
    expect(paths()).not.toContain('/api/v1/auth/refresh');
  });
  it('is not over because the server cannot answer for a moment', async () => {
    begin({ access_token: 'one', expires_in: 1 });
    server.mockImplementation(() => json(503));
    await get();
    expect(sessionState()).toBe('signed-in');
  });
  it('asks for nothing when nobody signed in here', async () => {
    end(false);
    expect(await refresh()).toBe(false);
    expect(server).not.toHaveBeenCalled();
  });
  it('keeps its tokens out of every storage', async () => {
    begin({ access_token: 'very-secret', expires_in: 1 });
    server.mockImplementation((path) => (path.endsWith('refresh') ? json(200, NEXT) : json(200, CSRF)));
    await get();
    const kept = JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie });
    for (const secret of ['very-secret', NEXT.access_token, CSRF.csrf_token]) expect(kept).not.toContain(secret);
  });
  it('asks who one is when that must be proven, and gives up when it is not', async () => {
    begin({ access_token: 'one', expires_in: 900 });
    server.mockImplementation(() => json(403, { code: 'MIQ-API-008' }));
    const ask = vi.fn(() => Promise.resolve(false));
    const stop = onProofNeeded(ask);
    expect((await get()).status).toBe(403);
    expect(ask).toHaveBeenCalledOnce();
    expect(server).toHaveBeenCalledOnce();
    stop();
  });
});
