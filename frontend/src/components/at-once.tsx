import Box from '@mui/material/Box';
import { useIsFetching, useQueryClient, type Query } from '@tanstack/react-query';
import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { Lines } from './loaded';

const PATIENCE_MS = 1500;
const first = { predicate: ({ state }: Query) => state.status === 'pending' };

/**
 * What stands inside begins to load, and is shown when all of it is there: nothing is pushed down by what comes later. It
 * is shown as it is after a moment, so that what does not answer holds nothing up. `ready`: all of it is inside.
 */
export function AtOnce({ ready, children }: { ready: boolean; children: ReactNode }) {
  const queries = useQueryClient();
  const loading = useIsFetching(first);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (shown) return undefined;
    // Asked anew: what was put inside just now has begun to load since this was drawn.
    const whole = ready && loading === 0 && queries.isFetching(first) === 0;
    const timer = setTimeout(
      () => {
        startTransition(() => {
          setShown(true);
        });
      },
      whole ? 0 : PATIENCE_MS,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [queries, ready, loading, shown]);
  return (
    <>
      {!shown && <Lines />}
      <Box hidden={!shown} sx={{ '&[hidden]': { display: 'none' } }}>
        {children}
      </Box>
    </>
  );
}
