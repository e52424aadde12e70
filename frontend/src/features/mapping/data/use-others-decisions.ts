import { useEffect, useRef } from 'react';
import { useTopic } from '@/lib/realtime/use-topic';

interface Decided {
  matching_id?: string;
  /** Absent: many at once. */
  number?: number;
  by?: string;
}

interface Heard {
  /** Was that decided on this page? Then it is known already. */
  isOwn: (number: number, by: string | undefined) => boolean;
  refresh: (numbers: readonly number[]) => Promise<void>;
  reload: () => Promise<void>;
}

const GATHER_MS = 300;
/** What others decide, gathered for a moment and then loaded. */
export function useOthersDecisions(projectId: string, matchingId: string, { isOwn, refresh, reload }: Heard) {
  const gathered = useRef<{ numbers: Set<number>; all: boolean }>({ numbers: new Set(), all: false });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useTopic(`project:${projectId}`, ({ type, data }) => {
    const decided = (data ?? {}) as Decided;
    const mine = type === 'matching.decided' && decided.matching_id === matchingId;
    if (!mine && type !== 'resync') return;
    if (decided.number !== undefined && isOwn(decided.number, decided.by)) return;
    if (decided.number === undefined) gathered.current.all = true;
    else gathered.current.numbers.add(decided.number);
    timer.current ??= setTimeout(() => {
      const { all, numbers } = gathered.current;
      timer.current = undefined;
      gathered.current = { numbers: new Set(), all: false };
      void (all ? reload() : refresh([...numbers]));
    }, GATHER_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
