import { waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Queue, type Change } from './queue';
import { memoryStore, type QueueStore } from './queue-store';
import { Sender } from './sender';

const change = (subject: string, body: unknown = {}): Change => ({
  kind: 'decision',
  subject,
  path: `/api/v1/things/${subject}`,
  body,
  affects: [],
});
const subjects = (queue: Queue) => queue.all().map(({ subject }) => subject);

describe('the queue', () => {
  it('keeps what a person decided until the next page load, and shows it to nobody else', async () => {
    const store = memoryStore();
    const before = new Queue(store);
    await before.open('anna');
    before.put(change('1'));
    before.put(change('2'));
    const after = new Queue(store);
    await after.open('anna');
    expect(subjects(after)).toEqual(['1', '2']);
    const others = new Queue(store);
    await others.open('ben');
    expect(others.count()).toBe(0);
  });
  it('holds one change of a thing, unless the first is on its way', async () => {
    const queue = new Queue(memoryStore());
    await queue.open('anna');
    queue.put(change('1', 'first'));
    queue.put(change('1', 'second'));
    expect(queue.all().map(({ body }) => body)).toEqual(['second']);
    const [entry] = queue.all();
    await queue.onItsWay(entry?.id ?? '', () => {
      queue.put(change('1', 'third'));
      return Promise.resolve();
    });
    expect(queue.all().map(({ body }) => body)).toEqual(['second', 'third']);
  });
  it('leaves nothing of anybody behind when it is cleared', async () => {
    const store = memoryStore();
    const queue = new Queue(store);
    await queue.open('anna');
    queue.put(change('1'));
    await queue.clear();
    expect(queue.count()).toBe(0);
    expect(await store.read('anna')).toEqual([]);
  });
  it('goes on without the browser’s database', async () => {
    const no = () => Promise.reject(new Error('not in this window'));
    const broken: QueueStore = { read: no, put: no, remove: no, clear: no };
    const queue = new Queue(broken);
    await queue.open('anna');
    queue.put(change('1'));
    expect(subjects(queue)).toEqual(['1']);
  });
});

describe('sending', () => {
  const answers: (() => Response | Promise<Response>)[] = [];
  const sent: { path: string; body: unknown; key: string | null }[] = [];
  const ok = (body: unknown = {}) => new Response(JSON.stringify(body), { status: 200 });
  const problem = (status: number) =>
    new Response(JSON.stringify({ code: 'MIQ-API-009', detail: 'Ben was faster' }), { status });
  let online = true;

  beforeEach(() => {
    answers.length = 0;
    sent.length = 0;
    online = true;
    vi.spyOn(navigator, 'onLine', 'get').mockImplementation(() => online);
    vi.stubGlobal('fetch', async (request: Request) => {
      const answer = answers.shift() ?? ok;
      const { pathname } = new URL(request.url);
      sent.push({ path: pathname, body: await request.json(), key: request.headers.get('Idempotency-Key') });
      return answer();
    });
  });
  const started = async () => {
    const queue = new Queue(memoryStore());
    await queue.open('anna');
    const sender = new Sender(queue);
    return { queue, sender, stop: sender.start() };
  };

  it('sends in order, tells the answer, and empties the queue', async () => {
    const { queue, sender, stop } = await started();
    const heard: unknown[] = [];
    sender.onSent((entry, answer) => heard.push([entry.subject, answer]));
    answers.push(
      () => ok('one'),
      () => ok('two'),
    );
    queue.put(change('1', { decision: 'accepted' }));
    queue.put(change('2'));
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    expect(heard).toEqual([
      ['1', 'one'],
      ['2', 'two'],
    ]);
    expect(sent.map(({ path }) => path)).toEqual(['/api/v1/things/1', '/api/v1/things/2']);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
    stop();
  });
  it('waits while there is no network, and goes on when there is', async () => {
    online = false;
    const { queue, stop } = await started();
    queue.put(change('1'));
    await Promise.resolve();
    expect(sent).toEqual([]);
    online = true;
    window.dispatchEvent(new Event('online'));
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    stop();
  });
  it('asks again with the same key when no answer came', async () => {
    const { queue, stop } = await started();
    answers.push(() => Promise.reject(new TypeError('network')));
    queue.put(change('1'));
    await waitFor(() => {
      expect(sent).toHaveLength(1);
    });
    window.dispatchEvent(new Event('online'));
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    expect(sent[1]?.key).toBe(sent[0]?.key);
    stop();
  });
  it('keeps what was refused, with the reason, and goes on with the rest', async () => {
    const { queue, stop } = await started();
    answers.push(() => problem(412));
    queue.put(change('1'));
    queue.put(change('2'));
    await waitFor(() => {
      expect(subjects(queue)).toEqual(['1']);
    });
    expect(queue.all()[0]?.refused).toEqual({ status: 412, code: 'MIQ-API-009', detail: 'Ben was faster' });
    expect(queue.next()).toBeUndefined();
    stop();
  });
});
