import { useSyncExternalStore } from 'react';

function onChange(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
const online = () => navigator.onLine;

/** Has the browser a network? (That the server answers is another matter.) */
export const useOnline = () => useSyncExternalStore(onChange, online, online);
