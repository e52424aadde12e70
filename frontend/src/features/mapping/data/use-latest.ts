import { useEffect, useRef, useState } from 'react';
import { useTopic } from '@/lib/realtime/use-topic';

const DRAW_MS = 250;

/** The last event of a type, shown at most four times a second however often it comes. */
export function useLatest<Data>(topic: string | undefined, type: string) {
  const [shown, setShown] = useState<Data>();
  const last = useRef<Data>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useTopic(topic, (event) => {
    if (event.type !== type) return;
    last.current = event.data as Data;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setShown(last.current);
    }, DRAW_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
