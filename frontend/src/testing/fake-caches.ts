import { vi } from 'vitest';

const addressOf = (request: RequestInfo | URL) =>
  new URL(request instanceof Request ? request.url : request, location.origin).href;

/** Stands in for the browser's cache storage, which jsdom has not. */
export function fakeCaches() {
  const all = new Map<string, Map<string, Response>>();
  const open = (name: string) => {
    const entries = all.get(name) ?? new Map<string, Response>();
    all.set(name, entries);
    return Promise.resolve({
      match: (request: RequestInfo) => Promise.resolve(entries.get(addressOf(request))?.clone()),
      put: (request: RequestInfo, answer: Response) => {
        entries.set(addressOf(request), answer);
        return Promise.resolve();
      },
      delete: (request: RequestInfo) => Promise.resolve(entries.delete(addressOf(request))),
      keys: () => Promise.resolve([...entries.keys()].map((url) => new Request(url))),
    });
  };
  const caches = {
    open,
    keys: () => Promise.resolve([...all.keys()]),
    delete: (name: string) => Promise.resolve(all.delete(name)),
    match: (request: RequestInfo) =>
      Promise.resolve(
        [...all.values()]
          .map((entries) => entries.get(addressOf(request)))
          .find(Boolean)
          ?.clone(),
      ),
  };
  vi.stubGlobal('caches', caches);
  return {
    names: () => [...all.keys()],
    /** Paths with query, by cache. */
    paths: (name: string) => [...(all.get(name)?.keys() ?? [])].map((url) => url.replace(location.origin, '')),
    text: async (name: string, path: string) => all.get(name)?.get(addressOf(path))?.clone().text(),
  };
}
