import { keptPathOf } from './kept-paths';

/**
 * What one person saw, kept in this browser to be read while the server is away. Only answers of `kept-paths.ts`, one
 * cache a person, never two persons at a time; `forgetKept` takes all of it away.
 */
const PREFIX = 'miq-kept-';
const AT = 'x-kept-at';
const LONGEST_MS = 14 * 24 * 3600 * 1000;
const MOST_ANSWERS = 400;
const MOST_BYTES = 2_000_000;

let opened: string | undefined;
/** Rises when everything is forgotten: what was on its way then is not put down any more. */
let generation = 0;

// Absent where the page came over plain HTTP from another machine.
const store = () => (globalThis as { caches?: CacheStorage }).caches;
const nameOf = (user: string) => PREFIX + user;

async function names() {
  const all = (await store()?.keys()) ?? [];
  return all.filter((name) => name.startsWith(PREFIX));
}

/** Takes away what was kept: of everybody, or of everybody but one. */
export async function forgetKept(but?: string) {
  if (but === undefined) {
    generation += 1;
    opened = undefined;
  }
  const others = (await names()).filter((name) => but === undefined || name !== nameOf(but));
  await Promise.all(others.map((name) => store()?.delete(name)));
}

/** Whose things are kept here; nobody's while there are none. */
export async function keptUser() {
  const [name] = await names();
  return name?.slice(PREFIX.length);
}

async function cacheOf(user: string) {
  if (opened !== user) {
    await forgetKept(user);
    opened = user;
  }
  return store()?.open(nameOf(user));
}

/** The same document with these members emptied, wherever they stand. */
export function emptied(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => emptied(each, without));
  if (typeof value !== 'object' || value === null) return value;
  const empty = (member: unknown) => (Array.isArray(member) ? [] : typeof member === 'string' ? '' : null);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      without.includes(name) ? empty(member) : emptied(member, without),
    ]),
  );
}

async function textOf(answer: Response, without: readonly string[] = []) {
  const text = await answer.text();
  return without.length === 0 ? text : JSON.stringify(emptied(JSON.parse(text), without));
}

async function makeRoom(cache: Cache) {
  const requests = await cache.keys();
  await Promise.all(requests.slice(0, Math.max(0, requests.length - MOST_ANSWERS)).map((each) => cache.delete(each)));
}

/** Keeps an answer when it is one of those that may be kept. */
export async function keep(user: string, request: Request, answer: Response) {
  const path = keptPathOf(request.method, new URL(request.url).pathname);
  if (!path || !store()) return;
  const begun = generation;
  const text = await textOf(answer, path.without);
  if (text.length > MOST_BYTES || begun !== generation) return;
  const cache = await cacheOf(user);
  const headers = { 'Content-Type': 'application/json', [AT]: String(Date.now()) };
  await cache?.delete(request.url);
  await cache?.put(request.url, new Response(text, { headers }));
  if (begun !== generation) await store()?.delete(nameOf(user));
  else if (cache) await makeRoom(cache);
}

/** An answer that was kept, and when it came. */
export async function findKept(user: string | undefined, request: Request) {
  if (!keptPathOf(request.method, new URL(request.url).pathname)) return undefined;
  const owner = user ?? (await keptUser());
  if (!owner || !(await names()).includes(nameOf(owner))) return undefined;
  const cache = await store()?.open(nameOf(owner));
  const answer = await cache?.match(request.url);
  const at = Number(answer?.headers.get(AT));
  if (!answer || Date.now() - at > LONGEST_MS) return undefined;
  return { answer, at };
}

/** What the server does not show any more is not kept either. */
export async function dropKept(user: string, request: Request) {
  if (keptPathOf(request.method, new URL(request.url).pathname)) await (await cacheOf(user))?.delete(request.url);
}
