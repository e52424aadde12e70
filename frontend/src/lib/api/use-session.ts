import { useSyncExternalStore } from 'react';
import { onSession, sessionState } from './session';

export const useSession = () => useSyncExternalStore(onSession, sessionState, sessionState);
