import type { Queued } from './queue';

/** Where changes wait across page loads. What is called first is done first. */
export interface QueueStore {
  /** Is it still there after the page has gone? */
  readonly lasting: boolean;
  /** What a person left here, in the order in which it was made. */
  read: (user: string) => Promise<Queued[]>;
  /** Both or neither: `entry` is there, and the one whose place it takes is not. */
  put: (entry: Queued, instead?: string) => Promise<void>;
  /** From now on it may have reached the server. False: it is not here any more. */
  claim: (id: string) => Promise<boolean>;
  remove: (id: string) => Promise<void>;
  /** Everything of everybody. */
  clear: () => Promise<void>;
}

const NAME = 'miq-offline';
const TABLE = 'queue';

const byOrder = (a: Queued, b: Queued) => a.order - b.order;
const failed = ({ error }: { error: DOMException | null }) => error ?? new Error(NAME);

const answer = <Value>(request: IDBRequest<Value>) =>
  new Promise<Value>((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(failed(request));
    };
  });

const end = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => {
      resolve();
    };
    transaction.onabort = () => {
      reject(failed(transaction));
    };
  });

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(TABLE, { keyPath: 'id' });
  };
  return answer(request);
}

/**
 * In the browser's database; fails where the browser has none for us (some private windows). A change is one transaction,
 * and with the database open it is handed over whole before the call returns: a page that goes away in the next moment
 * takes nothing back. `strict`: it is on the disk before we say that it is kept.
 */
export function databaseStore(): QueueStore {
  let database: IDBDatabase | undefined;
  let opening: Promise<IDBDatabase> | undefined;
  const forget = () => {
    database = undefined;
    opening = undefined;
  };
  const open = () =>
    (opening ??= opened().then((ready) => {
      database = ready;
      ready.onclose = forget;
      ready.onversionchange = () => {
        ready.close();
        forget();
      };
      return ready;
    }));
  const begin = (ready: IDBDatabase, mode: IDBTransactionMode) =>
    ready.transaction(TABLE, mode, { durability: 'strict' });
  /** `work` within one transaction: at once when the database is open. */
  const within = async <Value>(mode: IDBTransactionMode, work: (transaction: IDBTransaction) => Promise<Value>) =>
    work(begin(database ?? (await open()), mode));
  /** Changes that ask for nothing are handed over without waiting for an answer. */
  const change = (work: (table: IDBObjectStore) => void) =>
    within('readwrite', (transaction) => {
      work(transaction.objectStore(TABLE));
      transaction.commit();
      return end(transaction);
    });
  return {
    lasting: true,
    read: async (user) => {
      const all = await within('readonly', (transaction) => answer<Queued[]>(transaction.objectStore(TABLE).getAll()));
      return all.filter((entry) => entry.user === user).sort(byOrder);
    },
    put: (entry, instead) =>
      change((table) => {
        if (instead !== undefined) table.delete(instead);
        table.put(entry);
      }),
    claim: (id) =>
      within('readwrite', async (transaction) => {
        const table = transaction.objectStore(TABLE);
        const found = answer<Queued | undefined>(table.get(id)).then((entry) => {
          if (entry) table.put({ ...entry, tried: true });
          return entry !== undefined;
        });
        const [was] = await Promise.all([found, end(transaction)]);
        return was;
      }),
    remove: (id) =>
      change((table) => {
        table.delete(id);
      }),
    clear: () =>
      change((table) => {
        table.clear();
      }),
  };
}

/** As long as the page stands. */
export function memoryStore(): QueueStore {
  const all = new Map<string, Queued>();
  return {
    lasting: false,
    read: (user) => Promise.resolve([...all.values()].filter((entry) => entry.user === user).sort(byOrder)),
    put: (entry, instead) => {
      if (instead !== undefined) all.delete(instead);
      all.set(entry.id, entry);
      return Promise.resolve();
    },
    claim: (id) => {
      const entry = all.get(id);
      if (entry) all.set(id, { ...entry, tried: true });
      return Promise.resolve(entry !== undefined);
    },
    remove: (id) => {
      all.delete(id);
      return Promise.resolve();
    },
    clear: () => {
      all.clear();
      return Promise.resolve();
    },
  };
}
