import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';

/** What a key does on the page that is open. */
export interface PageKey {
  /** As `KeyboardEvent.key` has it. */
  key: string;
  /** How it is written in the list of keys, when not as `key`. */
  shown?: string;
  label: string;
  run: () => void;
}

let listed: readonly PageKey[] = [];
const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};
function list(keys: readonly PageKey[]) {
  listed = keys;
  listeners.forEach((listener) => {
    listener();
  });
}

const WRITES = 'input, textarea, select, [contenteditable]';
const PRESSED_BY_ENTER = 'button, a, summary, [role=button], [role=menuitem], [role=option]';

/** Does the key belong to what has the focus? */
function isTaken({ key, target }: KeyboardEvent) {
  if (!(target instanceof Element)) return false;
  if (target.matches(WRITES)) return true;
  return key === 'Enter' && target.matches(PRESSED_BY_ENTER);
}

/** Keys of a page: while nothing is written and no dialog is open. `?` lists them beside those for everywhere. */
export function usePageKeys(keys: readonly PageKey[]) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTaken(event) || document.querySelector('[role=dialog]')) return;
    const found = keys.find(({ key }) => key === event.key);
    if (!found) return;
    event.preventDefault();
    found.run();
  });
  const named = JSON.stringify(keys.map(({ key, label }) => [key, label]));
  const tell = useEffectEvent(() => {
    list(keys);
  });
  useEffect(() => {
    tell();
    return () => {
      list([]);
    };
  }, [named]);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKey(event);
    };
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', listener);
    };
  }, []);
}

/** For who lists them. */
export const useListedKeys = () => useSyncExternalStore(subscribe, () => listed);
