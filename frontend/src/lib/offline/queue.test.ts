import { waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { watchLeaving } from './leaving';
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
    await queue.claim(queue.all()[0]?.id ?? '');
    queue.put(change('1', 'third'));
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
    const broken: QueueStore = { lasting: true, read: no, put: no, claim: no, remove: no, clear: no };
    const queue = new Queue(broken);
    await queue.open('anna');
    queue.put(change('1'));
    expect(subjects(queue)).toEqual(['1']);
    await waitFor(() => {
      expect(queue.unsafe()).toBe(1);
    });
    expect(await queue.claim(queue.all()[0]?.id ?? '')).toBe(true);
  });
});

describe('leaving the page', () => {
  const leaves = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  };
  it('is asked about while something is neither kept nor sent, and that is sent with the last breath, once', async () => {
    const queue = new Queue(memoryStore());
    await queue.open('anna');
    const breath = vi.fn(() => Promise.resolve());
    const stop = watchLeaving(queue, breath);
    expect(leaves()).toBe(false);
    queue.put(change('1'));
    expect(leaves()).toBe(true);
    const [entry] = queue.all();
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pagehide'));
    expect(breath.mock.calls).toEqual([[entry]]);
    if (entry) queue.sent(entry, {});
    expect(leaves()).toBe(false);
    stop();
    queue.put(change('2'));
    expect(leaves()).toBe(false);
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
    return { queue, stop: new Sender(queue).start() };
  };

  it('sends in order, tells the answer, and empties the queue', async () => {
    const { queue, stop } = await started();
    const heard: unknown[] = [];
    queue.onSent((entry, answer) => heard.push([entry.subject, answer]));
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
  it('asks again when the same request is still being answered, of a page that was loaded again', async () => {
    const { queue, stop } = await started();
    const atWork = () =>
      new Response(JSON.stringify({ code: 'MIQ-API-005' }), { status: 409, headers: { 'Retry-After': '0.01' } });
    answers.push(atWork, atWork);
    queue.put(change('1'));
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    expect(sent).toHaveLength(3);
    stop();
  });
  it('asks its person when a request stays at work, which says that it was cut off', async () => {
    const { queue, stop } = await started();
    const cutOff = () =>
      new Response(JSON.stringify({ detail: 'cut off' }), { status: 409, headers: { 'Retry-After': '0.001' } });
    for (let times = 0; times < 11; times += 1) answers.push(cutOff);
    queue.put(change('1'));
    await waitFor(() => {
      expect(queue.all()[0]?.refused?.detail).toBe('cut off');
    });
    stop();
  });
  it('of two tabs does one at a time', async () => {
    const free: (() => void)[] = [];
    const request = vi.fn(async (_: string, work: () => Promise<void>) => {
      await new Promise<void>((done) => free.push(done));
      await work();
    });
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { locks: { request } }));
    const { queue, stop } = await started();
    queue.put(change('1'));
    await Promise.resolve();
    expect(request).toHaveBeenCalledWith('miq.queue', expect.any(Function));
    expect(sent).toEqual([]);
    free[0]?.();
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    stop();
  });
  it('forgets a refusal of what was wanted before', async () => {
    const { queue, stop } = await started();
    answers.push(() => {
      queue.put(change('1', 'second'));
      return problem(412);
    });
    queue.put(change('1', 'first'));
    await waitFor(() => {
      expect(sent.map(({ body }) => body)).toEqual(['first', 'second']);
    });
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    stop();
  });
  it('forgets a refusal as soon as something else is wanted', async () => {
    const queue = new Queue(memoryStore());
    await queue.open('anna');
    queue.put(change('1', 'first'));
    queue.refuse(queue.all()[0]?.id ?? '', { status: 412, code: 'MIQ-API-009', detail: 'Ben was faster' });
    queue.put(change('1', 'second'));
    expect(queue.all().map(({ body, refused }) => [body, refused])).toEqual([['second', undefined]]);
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
