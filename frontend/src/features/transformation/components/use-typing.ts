import { useEffect, useEffectEvent, useState } from 'react';

const PAUSE_MS = 250;

/** What one types into a part of the form: goes into the plan after a short pause, or when one leaves the field. */
export function useTyping(value: string, commit: (value: string) => void) {
  const [typed, setTyped] = useState<string>();
  const take = (text: string) => {
    setTyped(undefined);
    if (text !== value) commit(text);
  };
  const settle = useEffectEvent(take);
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      settle(typed);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [typed]);
  return {
    value: typed ?? value,
    onChange: setTyped,
    onBlur: () => {
      if (typed !== undefined) take(typed);
    },
  };
}
