/**
 * What somebody typed and has not saved yet: kept in this browser, for that person alone, so that leaving a page loses
 * nothing. Gone when it is saved or thrown away, and when the person signs out.
 */
const PREFIX = 'miq.draft.';

const nameOf = (userId: string, what: string) => `${PREFIX}${userId}.${what}`;

export function readDraft(userId: string, what: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(nameOf(userId, what)) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** False when the browser has no room for it. */
export function keepDraft(userId: string, what: string, draft: unknown): boolean {
  try {
    localStorage.setItem(nameOf(userId, what), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(userId: string, what: string) {
  localStorage.removeItem(nameOf(userId, what));
}

/** Everybody's: for signing out. */
export function dropAllDrafts() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}
