import type { Queued } from './queue';

/** Where changes wait across page loads. */
export interface QueueStore {
  /** What a person left here, oldest first. */
  read: (user: string) => Promise<Queued[]>;
  put: (entry: Queued) => Promise<void>;
  remove: (id: string) => Promise<void>;
  /** Everything of everybody. */
  clear: () => Promise<void>;
}

const NAME = 'miq-offline';
const TABLE = 'queue';

const done = <Value>(request: IDBRequest<Value>) =>
  new Promise<Value>((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error(NAME));
    };
  });

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE, { keyPath: 'id' });
  };
  return done(request);
}

/** In the browser's database; fails where the browser has none for us (some private windows). */
export function databaseStore(): QueueStore {
  let database: Promise<IDBDatabase> | undefined;
  const table = async (mode: IDBTransactionMode) => {
    database ??= opened();
    return (await database).transaction(TABLE, mode).objectStore(TABLE);
  };
  return {
    read: async (user) => {
      const all = (await done((await table('readonly')).getAll())) as Queued[];
      return all.filter((entry) => entry.user === user).sort((a, b) => a.at.localeCompare(b.at));
    },
    put: async (entry) => {
      await done((await table('readwrite')).put(entry));
    },
    remove: async (id) => {
      await done((await table('readwrite')).delete(id));
    },
    clear: async () => {
      await done((await table('readwrite')).clear());
    },
  };
}

/** As long as the page stands. */
export function memoryStore(): QueueStore {
  const kept = new Map<string, Queued>();
  return {
    read: (user) => Promise.resolve([...kept.values()].filter((entry) => entry.user === user)),
    put: (entry) => {
      kept.set(entry.id, entry);
      return Promise.resolve();
    },
    remove: (id) => {
      kept.delete(id);
      return Promise.resolve();
    },
    clear: () => {
      kept.clear();
      return Promise.resolve();
    },
  };
}
