/** What the build says of itself; scripts/worker.mjs puts it in. */
export interface Build {
  version: string;
  /** The first script of the page. */
  entry: string;
  /** The page's code and what it shows itself by; names carry the hash of their content. */
  files: readonly string[];
  /** Texts, by language. */
  texts: Readonly<Record<string, readonly string[]>>;
}

const PREFIX = 'miq-shell-';
const PAGE = '/';
const LANES = 4;

async function load(path: string) {
  const answer = await fetch(path, { cache: path === PAGE ? 'no-store' : 'default' });
  if (!answer.ok || answer.redirected) throw new Error(`${path}: ${String(answer.status)}`);
  return answer;
}

/** A few at a time: whoever is at work meanwhile has the rest of the line. */
async function each(paths: readonly string[], go: (path: string) => Promise<unknown>) {
  const left = [...paths];
  const lane = async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) await go(path);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

/** The app's own files, kept by version. What the API answers is none of its business. */
export class Shell {
  private readonly name: string;
  constructor(private readonly build: Build) {
    this.name = PREFIX + build.version;
  }

  private async keep(path: string) {
    // The same name is the same content only where it carries the hash.
    const had = path.startsWith('/assets/') ? await caches.match(path) : undefined;
    const cache = await caches.open(this.name);
    await cache.put(path, had ?? (await load(path)));
  }

  /** All of this version, before it takes over; what did not change is taken from the version before. */
  async install() {
    await each(this.build.files, (path) => this.keep(path));
    const cache = await caches.open(this.name);
    await cache.put(PAGE, await load(PAGE));
  }

  /** Older versions go, but for the last: pages that are open still need it. */
  async activate() {
    const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.name);
    await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  }

  /** More that a page needs: what it loaded before the worker was there, and the texts of its language. */
  async more(files: readonly string[], language: string) {
    const wanted = [...files.filter((path) => path.startsWith('/assets/')), ...(this.build.texts[language] ?? [])];
    await each(wanted, (path) => this.keep(path));
  }

  /** From the server, so that its newest version and its rules count; the one kept while the server is away. */
  async page(request: Request): Promise<Response> {
    try {
      const answer = await fetch(request);
      if (answer.status !== 502 && answer.status !== 504) return answer;
    } catch {
      // No answer: below.
    }
    const cache = await caches.open(this.name);
    return (await cache.match(PAGE)) ?? Response.error();
  }

  /** A file whose name says what is in it never changes. */
  async asset(request: Request): Promise<Response> {
    const kept = await caches.match(request);
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(this.name)).put(request, answer.clone());
    return answer;
  }

  /** A file of the shell that keeps its name: the server's, while it is there. */
  async named(request: Request): Promise<Response> {
    return fetch(request).catch(async () => (await caches.match(request)) ?? Response.error());
  }

  /** What answers a request; nothing for what the worker leaves alone. */
  answer(request: Request): Promise<Response> | undefined {
    const { origin, pathname } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return undefined;
    if (request.mode === 'navigate') return this.page(request);
    if (pathname.startsWith('/assets/')) return this.asset(request);
    return this.build.files.includes(pathname) ? this.named(request) : undefined;
  }
}
