import { useState, type PointerEvent } from 'react';

/** A mouse pulls what scrolls; fingers scroll by themselves. */
export function useDrag() {
  const [from, setFrom] = useState<{ x: number; y: number }>();
  const stop = () => {
    setFrom(undefined);
  };
  return {
    pulling: from !== undefined,
    handlers: {
      onPointerDown: ({ pointerType, button, clientX, clientY, target }: PointerEvent<HTMLElement>) => {
        const free = !(target as Element).closest('[role=button]');
        if (pointerType === 'mouse' && button === 0 && free) setFrom({ x: clientX, y: clientY });
      },
      onPointerMove: ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
        if (!from) return;
        currentTarget.scrollLeft += from.x - clientX;
        currentTarget.scrollTop += from.y - clientY;
        setFrom({ x: clientX, y: clientY });
      },
      onPointerUp: stop,
      onPointerLeave: stop,
    },
  };
}
