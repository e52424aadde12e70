import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useFilters } from '@/components/filter';
import { countsOf, sortIn, stateIn, takenTwice } from '../model/filters';
import { layOut } from '../model/slots';
import type { Shown, TablePair } from '../model/suggestion';

export const FILTERS = ['matching', 'pair', 'q', 'state', 'sort', 'targets', 'column'] as const;
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>;

const PAUSE_MS = 300;
const NOTHING: readonly Shown[] = [];

/** The chosen suggestion; the address follows when one stays a moment. */
function useChosen(values: Filters, set: (changes: Filters) => void) {
  const [chosen, choose] = useState(values.column ? Number(values.column) : undefined);
  const tell = useEffectEvent((column: string) => {
    if (column !== values.column) set({ column });
  });
  useEffect(() => {
    if (chosen === undefined) return undefined;
    const timer = setTimeout(() => {
      tell(String(chosen));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [chosen]);
  return { chosen, choose };
}

/** What is seen of a matching: filtered and laid out as the address says. */
export function useView(pairs: readonly TablePair[], shown: readonly Shown[] | undefined) {
  const { values, set } = useFilters(FILTERS);
  const { chosen, choose } = useChosen(values, set);
  const [from, setFrom] = useState('95');
  const all = shown ?? NOTHING;
  const counts = useMemo(() => countsOf(all), [all]);
  const twice = useMemo(() => takenTwice(all), [all]);
  const { pair, q = '', state, sort, targets } = values;
  const layout = useMemo(() => {
    const wanted = pair ? pairs.filter(({ number }) => String(number) === pair) : pairs;
    return layOut(wanted, all, twice, {
      search: q,
      state: stateIn(state),
      sort: sortIn(sort),
      tableOrder: targets === 'table',
      headed: wanted.length > 1,
    });
  }, [pairs, all, twice, pair, q, state, sort, targets]);

  const ones = useMemo(
    () => layout.slots.flatMap((slot) => (slot.kind === 'columns' && slot.one ? [slot.one] : [])),
    [layout],
  );
  const at = Math.max(
    0,
    ones.findIndex(({ number }) => number === chosen),
  );
  const current = ones[at];
  return {
    values,
    set,
    choose,
    /** From which confidence on all are accepted, in percent. */
    from,
    setFrom,
    all,
    counts,
    twice,
    layout,
    current,
    step: (by: number) => {
      const to = ones[Math.min(ones.length - 1, Math.max(0, at + by))];
      if (to) choose(to.number);
    },
    /** To the next that is open; to the next of all when none is. */
    onwards: () => {
      const rest = ones.slice(at + 1);
      const to = rest.find(({ decision }) => decision === 'open') ?? rest[0];
      if (to) choose(to.number);
    },
  };
}

export type View = ReturnType<typeof useView>;
