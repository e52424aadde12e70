import { lazy, useDeferredValue, useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useMe } from '@/lib/api/me';
import { useSession } from '@/lib/api/use-session';
import { KeptGate } from './offline/kept-gate';
import { Splash } from './splash';

const Frame = lazy(() => import('./shell/frame'));
const Unreachable = lazy(() => import('./pages/unreachable'));

const PATIENCE_MS = 1500;

/**
 * The session; not known before it is known who it is too, so that the frame is drawn once, with all that is theirs. What
 * does not answer for a moment, or fails, holds nothing up.
 */
function useOpened() {
  const session = useSession();
  const enabled = session === 'signed-in';
  const { isFetched, failureCount } = useMe({ enabled });
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!enabled) return undefined;
    const timer = setTimeout(setLate, PATIENCE_MS, true);
    return () => {
      clearTimeout(timer);
    };
  }, [enabled]);
  return enabled && !isFetched && failureCount === 0 && !late ? 'unknown' : session;
}

/** The frame for who is signed in, or was when the server went away; others are sent to sign in, and come back afterwards. */
export function Guard() {
  const now = useOpened();
  // The whole frame is drawn in small steps, between which the browser answers.
  const session = useDeferredValue(now) === 'unknown' ? 'unknown' : now;
  const { pathname, search } = useLocation();
  if (session === 'signed-in' || session === 'unreachable')
    return (
      <KeptGate away={session === 'unreachable'} otherwise={<Unreachable />}>
        <Frame />
      </KeptGate>
    );
  if (session === 'unknown') return <Splash />;
  const next = pathname + search;
  return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
}
