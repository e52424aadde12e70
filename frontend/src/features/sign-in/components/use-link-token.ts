import { useEffect, useState } from 'react';

const tokenHere = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** The one-time token of the link that was opened. It stands behind `#`, so that it reaches no log; then it leaves the address bar. */
export function useLinkToken() {
  const [token] = useState(tokenHere);
  // Only once the page stands: until then it may be begun anew, and look again.
  useEffect(() => {
    if (token) history.replaceState(history.state, '', location.pathname);
  }, [token]);
  return token;
}
