import { useState } from 'react';

/** The one-time token of the link that was opened. It stands behind `#`, so that it reaches no log; then it leaves the address bar. */
export function useLinkToken() {
  const [token] = useState(() => {
    const found = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
    if (found) history.replaceState(history.state, '', location.pathname);
    return found;
  });
  return token;
}
