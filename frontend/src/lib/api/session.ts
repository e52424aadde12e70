import { errorOf, type ApiError } from './errors';

/**
 * Who is signed in. The access token lives in memory only; the refresh token is an HttpOnly cookie, and the CSRF token
 * that must come beside it is asked for when it is needed: nothing is kept in any storage.
 */
export type SessionState = 'unknown' | 'signed-in' | 'signed-out' | 'unreachable';

interface Tokens {
  access_token: string;
  expires_in: number;
}

const SPARE_MS = 20_000;
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('miq.session');

let state: SessionState = 'unknown';
let token = '';
let goodUntil = 0;
let user: string | undefined;
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

export const sessionState = () => state;
/** Who is signed in; nothing when nobody is, or when the server is away since the page was opened. */
export const sessionUser = () => user;
export function onSession(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function become(next: SessionState) {
  if (state === next) return;
  state = next;
  listeners.forEach((listener) => {
    listener();
  });
}

/** The subject of a token: for what is kept by person, not to decide about rights. */
function subjectOf(given: string): string | undefined {
  try {
    const claims = atob((given.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    return (JSON.parse(claims) as { sub?: string }).sub;
  } catch {
    return undefined;
  }
}

function take(given: { token: string; goodUntil: number }) {
  token = given.token;
  goodUntil = given.goodUntil;
  user = subjectOf(token);
  become('signed-in');
}

/** After sign-in: from here on requests carry the token. */
export function begin(tokens: Tokens) {
  take({ token: tokens.access_token, goodUntil: Date.now() + tokens.expires_in * 1000 - SPARE_MS });
  channel?.postMessage({ token, goodUntil });
}

/** The session is over, here and in the other tabs. */
export function end(tell = true) {
  token = '';
  goodUntil = 0;
  user = undefined;
  become('signed-out');
  if (tell) channel?.postMessage('ended');
}

channel?.addEventListener('message', ({ data }: MessageEvent<'ended' | { token: string; goodUntil: number }>) => {
  if (data === 'ended') end(false);
  else take(data);
});

const unreachable = () => {
  become(state === 'unknown' ? 'unreachable' : state);
};

/** A fresh one for the cookie's session; empty when there is no such session; nothing when the server cannot answer. */
async function askCsrf(): Promise<string | undefined> {
  const answer = await fetch('/api/v1/auth/csrf', { headers: { 'X-Client': 'web' } }).catch(() => undefined);
  return answer?.ok ? (((await answer.json()) as { csrf_token?: string }).csrf_token ?? '') : undefined;
}

/** One refresh at a time in all tabs: a refresh token that is used twice ends the session. */
async function refreshAlone(stale: string): Promise<boolean> {
  if (token !== stale && Date.now() < goodUntil) return true;
  if (state === 'signed-out') return false;
  const csrf = await askCsrf();
  if (csrf === undefined) {
    unreachable();
    return false;
  }
  if (!csrf) {
    end(state !== 'unknown');
    return false;
  }
  // `keepalive`: the new cookie arrives even when this page goes away meanwhile.
  const answer = await fetch('/api/v1/auth/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Client': 'web', 'X-CSRF-Token': csrf },
    body: '{}',
    keepalive: true,
  }).catch(() => undefined);
  if (answer?.ok) {
    begin((await answer.json()) as Tokens);
    return true;
  }
  if (answer && (answer.status === 401 || answer.status === 403)) end();
  else unreachable();
  return false;
}

export function refresh(): Promise<boolean> {
  const stale = token;
  const alone = () => refreshAlone(stale);
  const locks = (navigator as Partial<Navigator>).locks;
  refreshing ??= (locks ? Promise.resolve(locks.request('miq.refresh', alone)).then((done) => done) : alone()).finally(
    () => {
      refreshing = undefined;
    },
  );
  return refreshing;
}

let proof: (() => Promise<boolean>) | undefined;
/** Who asks for the password again when something needs a recent proof of identity. */
export function onProofNeeded(ask: () => Promise<boolean>) {
  proof = ask;
  return () => {
    proof = undefined;
  };
}

function withToken(request: Request) {
  const copy = request.clone();
  copy.headers.set('X-Client', 'web');
  if (token) copy.headers.set('Authorization', `Bearer ${token}`);
  return fetch(copy);
}

async function proven(error: ApiError) {
  return error.code === 'MIQ-API-008' && proof !== undefined && (await proof());
}

/** fetch with the session's token: refreshed when it is old, asked for again when it is refused. */
export async function sessionFetch(request: Request): Promise<Response> {
  if (token && Date.now() > goodUntil) await refresh();
  if (state === 'unreachable' && !(await refresh()) && sessionState() === 'unreachable')
    throw new TypeError('the server is away');
  const sent = token;
  const answer = await withToken(request);
  if (answer.status === 401 && sent && (await refresh())) return withToken(request);
  if (answer.status === 403 && sent && (await proven(await errorOf(answer)))) return withToken(request);
  return answer;
}
