import { beforeEach, describe, expect, it, vi } from 'vitest';
import { journalIn } from './journal';
import { Queue, type Change } from './queue';
import { memoryStore, type QueueStore } from './queue-store';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    clear: () => {
      kept.clear();
    },
  };
}
const change = (subject: string, body: unknown): Change => ({
  kind: 'decision',
  subject,
  path: `/api/v1/things/${subject}`,
  body,
  affects: [],
});
const bodies = (queue: Queue) => queue.all().map(({ body }) => body);

let store: QueueStore & { lasting: boolean };
let shared: Storage;
let own: Storage;
beforeEach(() => {
  store = { ...memoryStore(), lasting: true };
  [shared, own] = [storage(), storage()];
});
/** The next page of the tab. */
async function page(of = own, user = 'anna') {
  const queue = new Queue(store, undefined, journalIn(shared, of));
  await queue.open(user);
  return queue;
}
/** The database loses from now on what this page hands over. */
const lose = () => {
  const { put } = store;
  store.put = () => new Promise<void>(() => undefined);
  return () => {
    store.put = put;
  };
};

describe('what the browser’s database lost with the page', () => {
  it('is there on the next one, in the place of what was wanted before of the same', async () => {
    const first = await page();
    first.put(change('1', 'open'));
    first.put(change('2', 'accepted'));
    const found = lose();
    first.put(change('1', 'accepted'));
    first.put(change('1', 'rejected'));
    expect(first.unsafe()).toBe(0);
    found();
    const second = await page();
    expect(bodies(second)).toEqual(['accepted', 'rejected']);
    expect(bodies(await page())).toEqual(['accepted', 'rejected']);
  });
  it('comes after what may have reached the server', async () => {
    const first = await page();
    first.put(change('1', 'open'));
    await first.claim(first.all()[0]?.id ?? '');
    const found = lose();
    first.put(change('1', 'rejected'));
    found();
    expect(bodies(await page())).toEqual(['open', 'rejected']);
  });
  it('is the same change under the same key', async () => {
    const first = await page();
    const found = lose();
    first.put(change('1', 'open'));
    found();
    expect((await page()).all()).toEqual(first.all());
  });
  it('is nobody else’s, and gone once everything is cleared', async () => {
    const first = await page();
    const found = lose();
    first.put(change('1', 'open'));
    found();
    expect(bodies(await page(own, 'ben'))).toEqual([]);
    await first.clear();
    expect(bodies(await page())).toEqual([]);
  });
  it('is taken over from a tab that is gone, not from one that is about to keep it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = await page();
    const found = lose();
    first.put(change('1', 'open'));
    found();
    expect(bodies(await page(storage()))).toEqual([]);
    vi.setSystemTime(Date.now() + 60_000);
    expect(bodies(await page(storage()))).toEqual(['open']);
    vi.useRealTimers();
  });
  it('of two people is left to each of them', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const write = (user: string) => ({ ...change('1', user), id: user, user, order: Date.now() * 1000 });
    journalIn(shared, storage()).write([write('anna'), write('ben')]);
    vi.setSystemTime(Date.now() + 60_000);
    expect(bodies(await page(storage()))).toEqual(['anna']);
    expect(bodies(await page(storage(), 'ben'))).toEqual(['ben']);
    vi.useRealTimers();
  });
  it('leaves no trace of a tab in which nothing waits', async () => {
    await page();
    expect(own.length + shared.length).toBe(0);
  });
  it('waits from page to page where there is no database', async () => {
    store.lasting = false;
    const first = await page();
    first.put(change('1', 'open'));
    for (let pages = 0; pages < 3; pages += 1) {
      store = { ...memoryStore(), lasting: false };
      const next = await page();
      expect(bodies(next)).toEqual(['open']);
      expect(next.unsafe()).toBe(0);
    }
  });
  it('is asked about when the browser refuses its storage too', async () => {
    const first = await page();
    lose();
    shared.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    first.put(change('1', 'open'));
    expect(first.unsafe()).toBe(1);
  });
});
