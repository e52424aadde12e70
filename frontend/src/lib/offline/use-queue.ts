import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from 'react';
import { watchLeaving } from './leaving';
import { queue, type Queued } from './queue';
import { send, Sender } from './sender';

const sender = new Sender(queue);

/** The changes of one kind that are not on the server yet. */
export function useQueued<Body>(kind: string) {
  const all = useSyncExternalStore(queue.subscribe, queue.all, queue.all);
  return useMemo(() => all.filter((entry) => entry.kind === kind) as Queued<Body>[], [all, kind]);
}

/** So many changes would be lost with the page: neither kept in the browser nor on the server. */
export const useUnsafe = () => useSyncExternalStore(queue.subscribe, queue.unsafe, queue.unsafe);

/** Hears what the server answered to changes of the queue. */
export function useSent(heard: (entry: Queued, answer: unknown) => void) {
  const listener = useEffectEvent(heard);
  useEffect(
    () =>
      queue.onSent((entry, answer) => {
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
    const stop = sender.start();
    const leave = watchLeaving(queue, send);
    return () => {
      leave();
      stop();
    };
  }, [user]);
}
