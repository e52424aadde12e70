import Box from '@mui/material/Box';
import { createContext, startTransition, use, useCallback, useState, type ReactNode } from 'react';
import { CrumbSlot } from '@/components/page';

const Place = createContext<(slot: HTMLElement | null) => void>(() => undefined);

/** Around the frame: only who asks for the slot is drawn again once it is there. */
export function CrumbPlace({ children }: { children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <Place value={setSlot}>
      <CrumbSlot value={slot}>{children}</CrumbSlot>
    </Place>
  );
}

/** Where the page's breadcrumbs stand. */
export function CrumbBox() {
  const place = use(Place);
  // In a step of its own: at once, the browser would do all that follows the first picture before showing it.
  const ref = useCallback(
    (slot: HTMLElement | null) => {
      startTransition(() => {
        place(slot);
      });
    },
    [place],
  );
  return <Box ref={ref} sx={{ flex: '1 1 auto', minWidth: 0 }} />;
}
