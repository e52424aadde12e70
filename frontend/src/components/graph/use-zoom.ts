import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const STEP = 1.25;
const SMALLEST = 0.1;
const LARGEST = 2.5;
/** Below it names can hardly be read: then one scrolls instead. */
const READABLE = 0.8;
/** So near to the border counts as out of view. */
const EDGE = 24;

const bounded = (zoom: number) => Math.min(LARGEST, Math.max(SMALLEST, zoom));

interface Size {
  width: number;
  height: number;
}

/**
 * How large the drawing is shown in the frame that scrolls it; what stands in the middle stays there, and `spot` is
 * brought into view.
 */
export function useZoom({ width, height }: Size, spot: { x: number; y: number } | undefined) {
  const frame = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const [wanted, setWanted] = useState<number>();
  const anchor = useRef<{ x: number; y: number; left: number; top: number }>(null);
  const whole = room > 0 ? bounded(Math.min(1, room / width)) : 1;
  const zoom = wanted ?? Math.max(whole, READABLE);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element || !anchor.current) return;
    const { x, y, left, top } = anchor.current;
    element.scrollLeft = x * zoom - left;
    element.scrollTop = y * zoom - top;
    anchor.current = null;
  }, [zoom]);

  const [atX, atY] = [spot && spot.x * zoom, spot && spot.y * zoom];
  useEffect(() => {
    const element = frame.current;
    if (!element || atX === undefined || atY === undefined) return;
    const { clientWidth, clientHeight } = element;
    const [x, y] = [atX - element.scrollLeft, atY - element.scrollTop];
    if (x < EDGE || x > clientWidth - EDGE) element.scrollLeft = atX - clientWidth / 2;
    if (y < EDGE || y > clientHeight - EDGE) element.scrollTop = atY - clientHeight / 2;
  }, [atX, atY]);

  /** Zooms around a place of the frame, its middle when none is said. */
  const to = (next: number, at?: { left: number; top: number }) => {
    const element = frame.current;
    if (!element) return;
    const { left, top } = at ?? { left: element.clientWidth / 2, top: element.clientHeight / 2 };
    anchor.current = { x: (element.scrollLeft + left) / zoom, y: (element.scrollTop + top) / zoom, left, top };
    setWanted(bounded(next));
  };

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    // React listens passively; with Ctrl or a pinch the page itself must not zoom.
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const box = element.getBoundingClientRect();
      to(zoom * (event.deltaY < 0 ? STEP : 1 / STEP), { left: event.clientX - box.left, top: event.clientY - box.top });
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => {
      element.removeEventListener('wheel', turn);
    };
  });

  return {
    zoom,
    frame: (element: HTMLDivElement | null) => {
      frame.current = element;
      if (element) setRoom(element.clientWidth);
    },
    closer: () => {
      to(zoom * STEP);
    },
    farther: () => {
      to(zoom / STEP);
    },
    fit: () => {
      const space = frame.current?.clientHeight ?? height;
      to(Math.min(whole, Math.max(space, 240) / height));
    },
  };
}
