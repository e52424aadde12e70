import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react';
import { queue, type Queued } from './queue';
import { Sender } from './sender';

const sender = new Sender(queue);

/** The changes of one kind that are not on the server yet. */
export function useQueued<Body>(kind: string) {
  const all = useSyncExternalStore(queue.subscribe, queue.all, queue.all);
  return useMemo(() => all.filter((entry) => entry.kind === kind) as Queued<Body>[], [all, kind]);
}

/** Hears what the server answered to changes of the queue. */
export function useSent(heard: (entry: Queued, answer: unknown) => void) {
  const listener = useEffectEvent(heard);
  useEffect(
    () =>
      sender.onSent((entry, answer) => {
        listener(entry, answer);
      }),
    [],
  );
}

/** Sends a person's changes for as long as the component stands. */
export function useSending(user: string | undefined) {
  useEffect(() => {
    if (user === undefined) return undefined;
    void queue.open(user);
    return sender.start();
  }, [user]);
}
