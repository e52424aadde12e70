import { useEffect } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** A page that one goes to begins at its top; going back, the browser finds the place again. */
export function useScroll() {
  const { pathname } = useLocation();
  const how = useNavigationType();
  useEffect(() => {
    if (how === 'PUSH') window.scrollTo(0, 0);
  }, [pathname, how]);
}
