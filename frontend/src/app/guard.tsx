import { lazy } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '@/lib/api/use-session';

const Frame = lazy(() => import('./shell/frame'));
const Unreachable = lazy(() => import('./pages/unreachable'));

/** The frame for who is signed in; others are sent to sign in, and come back afterwards. */
export function Guard() {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session === 'signed-in') return <Frame />;
  if (session === 'unreachable') return <Unreachable />;
  if (session === 'unknown') return null;
  const next = pathname + search;
  return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />;
}
