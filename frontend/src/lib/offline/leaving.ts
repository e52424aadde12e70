import type { Queue, Queued } from './queue';

/**
 * While a change is neither kept in the browser nor on the server, leaving the page is asked about; who leaves all the
 * same, or whose browser ends the page unasked, sends it with the page's last breath.
 */
export function watchLeaving(queue: Queue, send: (entry: Queued) => Promise<unknown>) {
  const done = new Set<string>();
  const warn = (event: Event) => {
    if (queue.unsafe() > 0) event.preventDefault();
  };
  const sendAll = () => {
    const left = queue.unsafeEntries().filter(({ id }) => !done.has(id));
    for (const entry of left) {
      done.add(entry.id);
      // Nobody is there to hear of it; where the page stays the queue sends it again under the same key.
      send(entry).catch(() => undefined);
    }
  };
  const onHidden = () => {
    if (document.visibilityState === 'hidden') sendAll();
  };
  window.addEventListener('beforeunload', warn);
  window.addEventListener('pagehide', sendAll);
  document.addEventListener('visibilitychange', onHidden);
  return () => {
    window.removeEventListener('beforeunload', warn);
    window.removeEventListener('pagehide', sendAll);
    document.removeEventListener('visibilitychange', onHidden);
  };
}
