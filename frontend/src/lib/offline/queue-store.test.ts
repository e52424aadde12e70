import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { Queue, type Change } from './queue';
import { databaseStore } from './queue-store';

const change = (subject: string, body: unknown = {}): Change => ({
  kind: 'decision',
  subject,
  path: `/api/v1/things/${subject}`,
  body,
  affects: [],
});
const bodies = (queue: Queue) => queue.all().map(({ body }) => body);

/**
 * A browser's tab: `go` ends it as a browser does. What was handed over whole (committed) is carried out, what was begun
 * only is taken back, and nothing that the page would do later happens.
 */
async function tab(user = 'anna', channel?: ConstructorParameters<typeof Queue>[1]) {
  const begun = new Set<IDBTransaction>();
  let gone = false;
  const prototype = IDBDatabase.prototype;
  const { transaction } = prototype;
  const queue = new Queue(databaseStore(), channel);
  const watched: typeof transaction = function (this: IDBDatabase, ...given) {
    if (gone) throw new DOMException('the page is gone', 'InvalidStateError');
    const made = transaction.apply(this, given);
    begun.add(made);
    made.addEventListener('complete', () => begun.delete(made));
    const { commit } = made;
    made.commit = () => {
      begun.delete(made);
      commit.call(made);
    };
    return made;
  };
  const alive = async <Value>(work: () => Promise<Value> | Value) => {
    prototype.transaction = watched;
    try {
      return await work();
    } finally {
      prototype.transaction = transaction;
    }
  };
  await alive(() => queue.open(user));
  return {
    queue,
    /** Does that, and is gone in the same moment. */
    last: (work: () => void) => {
      prototype.transaction = watched;
      work();
      gone = true;
      for (const each of begun) each.abort();
      prototype.transaction = transaction;
    },
  };
}

/** Tells all tabs but the one that speaks. */
function channels() {
  const heard: ((event: MessageEvent) => void)[] = [];
  return () => {
    let own: (event: MessageEvent) => void = () => undefined;
    return {
      postMessage: (data: unknown) => {
        for (const each of heard) if (each !== own) each({ data } as MessageEvent);
      },
      addEventListener: (_: string, listener: unknown) => {
        own = listener as typeof own;
        heard.push(own);
      },
    };
  };
}

const settle = () => new Promise((done) => setTimeout(done, 30));

beforeEach(() => {
  indexedDB = new IDBFactory();
});

describe('a page that goes away in the same moment', () => {
  it('has kept what was decided last', async () => {
    const { queue, last } = await tab();
    last(() => {
      queue.put(change('1', 'accepted'));
    });
    await settle();
    expect(bodies((await tab()).queue)).toEqual(['accepted']);
  });
  it('has kept the first decision or the one that took its place, never neither', async () => {
    const { queue, last } = await tab();
    queue.put(change('1', 'accepted'));
    last(() => {
      queue.put(change('1', 'rejected'));
    });
    await settle();
    expect(bodies((await tab()).queue)).toEqual(['rejected']);
  });
  it('has kept each of several, in their order', async () => {
    const { queue, last } = await tab();
    last(() => {
      for (const subject of ['3', '1', '2']) queue.put(change(subject, subject));
    });
    await settle();
    expect(bodies((await tab()).queue)).toEqual(['3', '1', '2']);
  });
});

describe('what is kept', () => {
  it('is said to be only once it is in the browser’s database', async () => {
    const { queue } = await tab();
    queue.put(change('1'));
    expect(queue.unsafe()).toBe(1);
    await settle();
    expect(queue.unsafe()).toBe(0);
  });
  it('keeps the order of decisions about one thing, the first of which may have arrived', async () => {
    const { queue } = await tab();
    queue.put(change('1', 'accepted'));
    await queue.claim(queue.all()[0]?.id ?? '');
    queue.put(change('1', 'open'));
    queue.put(change('1', 'rejected'));
    await settle();
    const { queue: after } = await tab();
    expect(bodies(after)).toEqual(['accepted', 'rejected']);
    after.put(change('1', 'accepted again'));
    expect(bodies(after)).toEqual(['accepted', 'accepted again']);
  });
  it('was decided before it was known who decides', async () => {
    const queue = new Queue(databaseStore());
    queue.put(change('1', 'early'));
    await queue.open('anna');
    await settle();
    expect(bodies((await tab()).queue)).toEqual(['early']);
    expect(bodies((await tab('ben')).queue)).toEqual([]);
  });
  it('is nobody’s any more once it is cleared', async () => {
    const { queue } = await tab();
    queue.put(change('1'));
    await queue.clear();
    expect(bodies((await tab()).queue)).toEqual([]);
  });
});

describe('two tabs', () => {
  it('show the same, and what one replaced the other does not send', async () => {
    const channel = channels();
    const { queue: one } = await tab('anna', channel());
    const { queue: two } = await tab('anna', channel());
    one.put(change('1', 'accepted'));
    await settle();
    expect(bodies(two)).toEqual(['accepted']);
    const [stale] = one.all();
    two.put(change('1', 'rejected'));
    expect(await one.claim(stale?.id ?? '')).toBe(false);
    await settle();
    expect(bodies(one)).toEqual(['rejected']);
    expect(bodies(two)).toEqual(['rejected']);
  });
  it('do not replace what the other is sending', async () => {
    const channel = channels();
    const { queue: one } = await tab('anna', channel());
    one.put(change('1', 'accepted'));
    await one.claim(one.all()[0]?.id ?? '');
    const { queue: two } = await tab('anna', channel());
    two.put(change('1', 'rejected'));
    await settle();
    expect(bodies(one)).toEqual(['accepted', 'rejected']);
  });
  it('both hear what the server answered', async () => {
    const channel = channels();
    const { queue: one } = await tab('anna', channel());
    const { queue: two } = await tab('anna', channel());
    const heard: unknown[] = [];
    two.onSent((entry, answer) => heard.push([entry.subject, answer]));
    one.put(change('1'));
    const [entry] = one.all();
    if (entry) one.sent(entry, 'done');
    await settle();
    expect(heard).toEqual([['1', 'done']]);
    expect(two.count()).toBe(0);
  });
});
