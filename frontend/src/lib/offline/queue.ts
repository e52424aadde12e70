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
  /** Also the Idempotency-Key: two tabs that send it do it once. */
  id: string;
  user: string;
  at: string;
  /** The server's no: it stays until somebody chooses. */
  refused?: { status: number; code: string; detail: string };
}

type Listener = () => void;

/**
 * Changes on their way to the server, in the order in which they were made, each person's own. What cannot be sent now is
 * kept in the browser and sent when the server can be reached; `Sender` does that.
 */
export class Queue {
  private entries: readonly Queued[] = [];
  private user: string | undefined;
  private sending: string | undefined;
  private readonly listeners = new Set<Listener>();

  constructor(private store: QueueStore) {}

  /** Brings what this person left here. */
  async open(user: string) {
    if (this.user === user) return;
    this.user = user;
    this.become([]);
    const left = await this.kept((store) => store.read(user));
    if (this.user === user && left) this.become([...left, ...this.entries]);
  }

  all = () => this.entries;
  /** So many changes would be lost by `clear`. */
  count = () => this.entries.length;
  subscribe = (listener: Listener) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** The one that is not on its way yet. */
  waiting(kind: string, subject: string) {
    return this.entries.find(
      (entry) => entry.kind === kind && entry.subject === subject && entry.id !== this.sending && !entry.refused,
    );
  }

  /** The first that can be sent. */
  next = () => this.entries.find(({ refused }) => !refused);

  put(change: Change) {
    const before = this.waiting(change.kind, change.subject);
    const entry = { ...change, id: crypto.randomUUID(), user: this.user ?? '', at: new Date().toISOString() };
    this.become([...this.entries.filter((other) => other !== before), entry]);
    if (before) void this.kept((store) => store.remove(before.id));
    void this.kept((store) => store.put(entry));
  }

  remove(id: string) {
    this.become(this.entries.filter((entry) => entry.id !== id));
    void this.kept((store) => store.remove(id));
  }

  /** Removes everything, of everybody, from this browser. */
  async clear() {
    this.user = undefined;
    this.become([]);
    await this.kept((store) => store.clear());
  }

  /** While `work` runs nothing takes the place of this entry. */
  async onItsWay<Result>(id: string, work: () => Promise<Result>) {
    this.sending = id;
    try {
      return await work();
    } finally {
      this.sending = undefined;
    }
  }

  refuse(id: string, refused: NonNullable<Queued['refused']>) {
    const entries = this.entries.map((entry) => (entry.id === id ? { ...entry, refused } : entry));
    this.become(entries);
    const entry = entries.find((each) => each.id === id);
    if (entry) void this.kept((store) => store.put(entry));
  }

  private become(entries: readonly Queued[]) {
    this.entries = entries;
    this.listeners.forEach((listener) => {
      listener();
    });
  }

  /** A browser that keeps nothing for us keeps it as long as the page stands. */
  private async kept<Value>(work: (store: QueueStore) => Promise<Value>) {
    try {
      return await work(this.store);
    } catch {
      this.store = memoryStore();
      await Promise.all(this.entries.map((entry) => this.store.put(entry)));
      return undefined;
    }
  }
}

export const queue = new Queue(typeof indexedDB === 'undefined' ? memoryStore() : databaseStore());
