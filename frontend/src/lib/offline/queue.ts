import { browserJournal, noJournal, type Journal } from './journal';
import { databaseStore, memoryStore, type QueueStore } from './queue-store';

/** What a change asks of the server. */
export interface Change<Body = unknown> {
  /** Of what kind, and about what: a later change of the same thing takes the place of one that still waits. */
  kind: string;
  subject: string;
  /** Where it is sent to, by POST. */
  path: string;
  body: Body;
  /** Paths of queries (as in the API's document) that are old news once it is sent. */
  affects: readonly string[];
}

/** A change that is not on the server yet. */
export interface Queued<Body = unknown> extends Change<Body> {
  /** Also the Idempotency-Key: sent twice, it is done once. */
  id: string;
  user: string;
  /** Rises with each change of this browser. */
  order: number;
  /** It may have reached the server: nothing takes its place any more. */
  tried?: true;
  /** The server's no: it stays until somebody chooses. */
  refused?: { status: number; code: string; detail: string };
}

/** How the tabs of a browser tell each other. */
type Channel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
type News = 'changed' | { sent: Queued; answer: unknown };

const isOfSame = (one: Queued, { kind, subject }: Pick<Change, 'kind' | 'subject'>) =>
  one.kind === kind && one.subject === subject;

type Listener = () => void;
type Heard = (entry: Queued, answer: unknown) => void;

/**
 * Changes on their way to the server, in the order in which they were made, each person's own. All tabs share what is kept
 * in the browser's database; it is sent when the server can be reached, by `Sender` in one of them at a time.
 */
export class Queue {
  private entries: readonly Queued[] = [];
  private user: string | undefined;
  private last = 0;
  /** Rises with each change here. */
  private changes = 0;
  /** Made here, and not in the browser's database (yet). */
  private readonly unkept = new Set<string>();
  private readonly tried = new Set<string>();
  /** Of an earlier page, on their way into the database. */
  private adopted: readonly Queued[] = [];
  /** What is not in the database stands in the journal. */
  private noted = false;
  private readonly listeners = new Set<Listener>();
  private readonly heard = new Set<Heard>();

  constructor(
    private store: QueueStore,
    private readonly channel?: Channel,
    private readonly journal: Journal = noJournal,
  ) {
    channel?.addEventListener('message', ({ data }: MessageEvent<News>) => {
      if (data !== 'changed') this.hear(data.sent, data.answer);
      void this.look();
    });
  }

  /** Brings what this person left here. */
  async open(user: string) {
    if (this.user === user) return;
    const early = this.entries.filter((entry) => entry.user === '').map((entry) => ({ ...entry, user }));
    this.user = user;
    this.adopted = this.journal.left(user);
    this.become(early);
    early.forEach((entry) => void this.keep(entry));
    if (this.adopted.length > 0) await this.adopt(user);
    await this.look();
  }

  all = () => this.entries;
  /** So many changes would be lost by `clear`. */
  count = () => this.entries.length;
  /** So many would be lost with the page. */
  unsafe = () => (this.noted ? 0 : this.unkept.size);
  /** Those of them that can still be sent. */
  unsafeEntries = () => (this.noted ? [] : this.unkeptEntries().filter(({ refused }) => !refused));
  subscribe = (listener: Listener) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  /** Told of each answer, of whatever tab, before the change leaves the queue. */
  onSent(listener: Heard) {
    this.heard.add(listener);
    return () => {
      this.heard.delete(listener);
    };
  }

  /** The one that was not tried yet. */
  waiting(kind: string, subject: string) {
    return this.entries.find((entry) => isOfSame(entry, { kind, subject }) && !this.wasTried(entry) && !entry.refused);
  }

  /** The first that can be sent. */
  next = () => this.entries.find(({ refused }) => !refused);

  put(change: Change) {
    const before = this.waiting(change.kind, change.subject);
    const refused = this.entries.find((entry) => isOfSame(entry, change) && entry.refused);
    if (refused) this.remove(refused.id);
    this.last = Math.max(this.last + 1, Date.now() * 1000);
    const entry = { ...change, id: crypto.randomUUID(), user: this.user ?? '', order: this.last };
    if (before) this.unkept.delete(before.id);
    this.unkept.add(entry.id);
    this.become([...this.entries.filter((other) => other !== before), entry]);
    void this.keep(entry, before?.id);
  }

  remove(id: string) {
    this.unkept.delete(id);
    this.become(this.entries.filter((entry) => entry.id !== id));
    void this.change((store) => store.remove(id));
  }

  /** Removes everything, of everybody, from this browser. */
  async clear() {
    this.user = undefined;
    this.unkept.clear();
    this.adopted = [];
    this.become([]);
    this.journal.clear();
    await this.change((store) => store.clear());
  }

  /** From now on nothing takes its place. False: another tab sent it, or replaced it. */
  async claim(id: string) {
    this.tried.add(id);
    const is = await this.stored((store) => store.claim(id));
    if (is === false) await this.look();
    return is !== false;
  }

  /** The server has it. */
  sent(entry: Queued, answer: unknown) {
    this.hear(entry, answer);
    this.channel?.postMessage({ sent: entry, answer } satisfies News);
    this.remove(entry.id);
  }

  /** The server's no; of no interest when something else is wanted of the same thing by now. */
  refuse(id: string, refused: NonNullable<Queued['refused']>) {
    const entry = this.entries.find((each) => each.id === id);
    if (!entry) return;
    if (this.entries.some((other) => isOfSame(other, entry) && other.order > entry.order)) {
      this.remove(id);
      return;
    }
    const no = { ...entry, refused };
    this.become(this.entries.map((each) => (each.id === id ? no : each)));
    void this.keep(no);
  }

  private wasTried = ({ id, tried }: Queued) => tried ?? this.tried.has(id);

  private hear(entry: Queued, answer: unknown) {
    this.heard.forEach((listener) => {
      listener(entry, answer);
    });
  }

  private become(entries: readonly Queued[]) {
    this.entries = entries;
    this.note();
    this.tell();
  }

  private unkeptEntries = () => this.entries.filter(({ id }) => this.unkept.has(id));

  /** Only of a person who is known: the next page gives it to nobody else. */
  private note() {
    this.noted = this.user !== undefined && this.journal.write([...this.adopted, ...this.unkeptEntries()]);
  }

  /** Brings into the database what an earlier page did not; what its person wanted before that of the same goes. */
  private async adopt(user: string) {
    const kept = (await this.stored((store) => store.read(user))) ?? [];
    for (const entry of this.adopted) {
      if (kept.some(({ id }) => id === entry.id)) continue;
      for (const old of kept)
        if (isOfSame(old, entry) && !old.tried && old.order < entry.order)
          await this.change((store) => store.remove(old.id));
      await this.change((store) => store.put(entry));
      if (!this.store.lasting) this.unkept.add(entry.id);
    }
    this.adopted = [];
  }

  private tell() {
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  /** Shows what the database holds: read again as long as something is changed here meanwhile. */
  private async look() {
    const { user } = this;
    if (user === undefined || this.adopted.length > 0) return;
    let left: Queued[] | undefined;
    let seen;
    do {
      seen = this.changes;
      left = await this.stored((store) => store.read(user));
    } while (seen !== this.changes);
    if (!left || this.user !== user) return;
    this.last = Math.max(this.last, left.at(-1)?.order ?? 0);
    this.become(left);
  }

  private async keep(entry: Queued, instead?: string) {
    await this.change((store) => store.put(entry, instead));
    if (!this.store.lasting || !this.unkept.delete(entry.id)) return;
    this.note();
    this.tell();
  }

  private async change(work: (store: QueueStore) => Promise<void>) {
    this.changes += 1;
    await this.stored(work);
    this.channel?.postMessage('changed' satisfies News);
  }

  /** A browser that keeps nothing for us keeps it as long as the page stands. */
  private async stored<Value>(work: (store: QueueStore) => Promise<Value>) {
    try {
      return await work(this.store);
    } catch {
      this.store = memoryStore();
      this.entries.forEach(({ id }) => this.unkept.add(id));
      await Promise.all(this.entries.map((entry) => this.store.put(entry)));
      return undefined;
    }
  }
}

export const queue = new Queue(
  typeof indexedDB === 'undefined' ? memoryStore() : databaseStore(),
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('miq.queue'),
  browserJournal(),
);
