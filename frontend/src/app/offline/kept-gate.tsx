import { Suspense, use, useState, type ReactNode } from 'react';
import { keptUser } from '@/lib/offline/kept';

interface Props {
  /** The server is away since the app was opened. */
  away: boolean;
  otherwise: ReactNode;
  children: ReactNode;
}

function Shown({ away, kept, otherwise, children }: Props & { kept: Promise<string | undefined> | undefined }) {
  return !away || (kept && use(kept)) ? children : otherwise;
}

/** For who opens the app while the server is away: what was kept for them, else `otherwise`. */
export function KeptGate(props: Props) {
  const [kept] = useState(() => (props.away ? keptUser() : undefined));
  return (
    <Suspense fallback={null}>
      <Shown {...props} kept={kept} />
    </Suspense>
  );
}
