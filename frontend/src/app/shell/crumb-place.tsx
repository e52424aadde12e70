import Box from '@mui/material/Box';
import { createContext, use, useState, type ReactNode } from 'react';
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
  return <Box ref={use(Place)} sx={{ flex: '1 1 auto', minWidth: 0 }} />;
}
