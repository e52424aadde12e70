import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { RealtimeEvent } from './messages';
import { realtime } from './socket';

/** Hears a topic as long as the component stands; nothing for `undefined`. */
export function useTopic(topic: string | undefined, heard: (event: RealtimeEvent) => void) {
  const listener = useEffectEvent(heard);
  useEffect(() => {
    if (topic === undefined) return undefined;
    return realtime.listen(topic, (event) => {
      listener(event);
    });
  }, [topic]);
}

export const useLinkState = () => useSyncExternalStore(realtime.onLink, realtime.linkState, realtime.linkState);
