import { lazy, useDeferredValue } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '@/lib/api/use-session';
import { KeptGate } from './offline/kept-gate';
import { Splash } from './splash';

const Frame = lazy(() => import('./shell/frame'));
const Unreachable = lazy(() => import('./pages/unreachable'));

/** The frame for who is signed in, or was when the server went away; others are sent to sign in, and come back afterwards. */
export function Guard() {
  const now = useSession();
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
