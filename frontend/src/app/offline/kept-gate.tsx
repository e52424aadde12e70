import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { keptUser } from '@/lib/offline/kept';
import { Splash } from '../splash';

interface Props {
  /** The server is away since the app was opened. */
  away: boolean;
  otherwise: ReactNode;
  children: ReactNode;
}

/** For who opens the app while the server is away: what was kept for them, else `otherwise`. */
export function KeptGate({ away, otherwise, children }: Props) {
  const [kept, setKept] = useState<{ user: string | undefined }>();
  useEffect(() => {
    if (!away) return;
    void keptUser().then((user) => {
      startTransition(() => {
        setKept({ user });
      });
    });
  }, [away]);
  if (!away || kept?.user) return children;
  return kept ? otherwise : <Splash />;
}
