import { useSyncExternalStore } from 'react';

const EVERY_MS = 5_000;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function listen(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => {
      each();
    });
  }, EVERY_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, rough: one clock for all "5 minutes ago" of a page. */
export function useNow() {
  return useSyncExternalStore(listen, () => {
    if (!timer) now = Math.max(now, Date.now() - (Date.now() % EVERY_MS));
    return now;
  });
}
