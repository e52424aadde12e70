import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client, once, type Schema } from '@/lib/api/client';

const PAUSE_MS = 400;

function usePaused(text: string) {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => {
      setPaused(text);
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text]);
  return paused;
}

/** What the server finds wrong with a text, when one has stopped typing for a moment. */
export function useFaults(text: string): readonly Schema<'SuiteFaultView'>[] {
  const paused = usePaused(text);
  const { data } = useQuery({
    queryKey: ['suite-faults', paused],
    queryFn: async ({ signal }) => {
      const { data: found } = await client.POST('/api/v1/suites/validate', {
        params: { header: once() },
        body: { text: paused },
        signal,
      });
      return found ?? null;
    },
    enabled: paused !== '',
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return (paused === text && data?.faults) || [];
}

/** Where in the text a place such as "suite:12:5" is, up to the end of its line. */
export function spanOf(text: string, place: string): { from: number; to: number } | undefined {
  const found = /:(\d+)(?::(\d+))?$/.exec(place);
  if (!found) return undefined;
  const lines = text.split('\n');
  const line = Math.min(Number(found[1]), lines.length) - 1;
  const start = lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0);
  const words = lines[line] ?? '';
  const from = start + Math.min(Math.max(Number(found[2] ?? 1) - 1, 0), words.length);
  return { from, to: Math.max(from, start + words.length) };
}
