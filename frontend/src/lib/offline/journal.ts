import type { Queued } from './queue';

/**
 * Changes that are not in the browser's database yet. What is written here is there at once, also when the page goes away
 * in the same moment; the database takes a while, and may lose what it was handed over last.
 */
export interface Journal {
  /** All of this tab, in place of what was written before. False: this browser does not let us. */
  write: (entries: readonly Queued[]) => boolean;
  /** What this tab left here before it was loaded again, and what tabs left that are gone. */
  left: (user: string) => Queued[];
  /** Everything of everybody. */
  clear: () => void;
}

const PREFIX = 'miq.queue.';
/** Another tab needs moments to bring a change into the database: it is gone when it took so long. */
const GONE_AFTER_MS = 10_000;

export const noJournal: Journal = { write: () => false, left: () => [], clear: () => undefined };

/** `shared`: what all tabs see; `own`: what is this tab's, and still there after it was loaded again. */
export function journalIn(shared: Storage, own: Storage): Journal {
  const ownKey = `${PREFIX}tab`;
  const tab = own.getItem(ownKey) ?? crypto.randomUUID();
  const key = PREFIX + tab;
  const read = (each: string) => {
    try {
      return JSON.parse(shared.getItem(each) ?? '[]') as Queued[];
    } catch {
      return [];
    }
  };
  const keys = () =>
    Array.from({ length: shared.length }, (_, at) => shared.key(at) ?? '').filter((each) => each.startsWith(PREFIX));
  let isEmpty = shared.getItem(key) === null;
  return {
    write: (entries) => {
      if (isEmpty && entries.length === 0) return true;
      isEmpty = entries.length === 0;
      try {
        if (isEmpty) shared.removeItem(key);
        else {
          own.setItem(ownKey, tab);
          shared.setItem(key, JSON.stringify(entries));
        }
        return true;
      } catch {
        return false;
      }
    },
    left: (user) => {
      const gone = (Date.now() - GONE_AFTER_MS) * 1000;
      return keys().flatMap((each) => {
        const all = read(each);
        const ours = all.filter((entry) => entry.user === user && (each === key || entry.order < gone));
        const others = all.filter((entry) => !ours.includes(entry));
        if (each !== key && others.length === 0) shared.removeItem(each);
        else if (each !== key) shared.setItem(each, JSON.stringify(others));
        return ours;
      });
    },
    clear: () => {
      own.removeItem(ownKey);
      keys().forEach((each) => {
        shared.removeItem(each);
      });
    },
  };
}

/** A browser may refuse its storage altogether. */
export function browserJournal(): Journal {
  try {
    return journalIn(localStorage, sessionStorage);
  } catch {
    return noJournal;
  }
}
