import { useFilters } from '@/components/filter';

const NAMES = ['plan', 'table', 'part', 'column', 'side'] as const;

/** What of a plan is looked at: it stands in the address. */
export function useAddress() {
  const { values, set } = useFilters(NAMES);
  return { ...values, go: set };
}
