import { refresh, sessionState } from '@/lib/api/session';
import { answered, isAway, onAway, unanswered } from './away';

const EVERY_MS = 10_000;

/** Asks whether the server is there again; who is kept out of their session by that goes on with it. */
export async function lookForServer() {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
  if (!answer?.ok) return;
  if (sessionState() === 'unreachable') await refresh();
  if (sessionState() !== 'unreachable') answered();
}

/** Watches the network as long as the frame stands: a server that is away is looked for until it answers. */
export function watchServer() {
  let timer: ReturnType<typeof setInterval> | undefined;
  const look = () => {
    if (document.visibilityState === 'visible') void lookForServer();
  };
  const follow = () => {
    if (isAway()) timer ??= setInterval(look, EVERY_MS);
    else {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const stop = onAway(follow);
  follow();
  addEventListener('offline', unanswered);
  addEventListener('online', look);
  return () => {
    stop();
    clearInterval(timer);
    removeEventListener('offline', unanswered);
    removeEventListener('online', look);
  };
}
