import { useSyncExternalStore } from 'react';

/** Whether the server answers. */
export interface Away {
  away: boolean;
  /** While away: the moment of the oldest answer that is shown, in milliseconds. */
  at: number;
}

const HERE: Away = { away: false, at: 0 };
let now = HERE;
let lastAnswer = Date.now();
const listeners = new Set<() => void>();

function become(next: Away) {
  if (next.away === now.away && next.at === now.at) return;
  now = next;
  listeners.forEach((listener) => {
    listener();
  });
}

/** An answer came. */
export function answered() {
  lastAnswer = Date.now();
  become(HERE);
}

/** None came: what is shown is as old as the last one. */
export function unanswered() {
  if (!now.away) become({ away: true, at: lastAnswer });
}

/** Something kept is shown instead. */
export const shownFrom = (at: number) => {
  become({ away: true, at: now.away ? Math.min(at, now.at) : at });
};

/** Another page: how old the one before was says nothing of it. */
export function pageChanged() {
  if (now.away) become({ away: true, at: lastAnswer });
}

export const isAway = () => now.away;
export function onAway(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useAway = () =>
  useSyncExternalStore(
    onAway,
    () => now,
    () => now,
  );
