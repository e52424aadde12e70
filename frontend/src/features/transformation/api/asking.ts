import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '@/lib/api/client';
import type { Schema } from '@/lib/api/client';
import { useSettled } from './use-settled';

const VALIDATE_MS = 400;
const SAMPLE_MS = 600;
const CHECK_MS = 350;

// What is asked again and again while one types: the last question wins, older ones are cancelled, no answer is kept.
const transient = { placeholderData: keepPreviousData, gcTime: 0, staleTime: Infinity, retry: false };

/** What the server finds wrong with a plan's text. */
export function useValidation(projectId: string, text: string) {
  const settled = useSettled(text, VALIDATE_MS);
  return useQuery({
    ...transient,
    queryKey: ['plan validation', projectId, settled],
    enabled: settled.trim() !== '',
    queryFn: async ({ signal }) => {
      const params = { path: { project_id: projectId } };
      const { data } = await client.POST('/api/v1/projects/{project_id}/plans/validate', {
        params,
        body: { text: settled },
        signal,
      });
      return data;
    },
  });
}

interface Wanted {
  projectId: string;
  text: string;
  /** As the plan names its target, else its source. */
  table: string;
  rows: number;
  enabled: boolean;
}

/** What the plan makes of rows of the source, as they are there now. */
export function useSample({ projectId, text, table, rows, enabled }: Wanted) {
  const settled = useSettled(text, SAMPLE_MS);
  const query = useQuery({
    ...transient,
    queryKey: ['plan sample', projectId, table, rows, settled],
    enabled: enabled && table !== '' && settled.trim() !== '',
    queryFn: async ({ signal }) => {
      const params = { path: { project_id: projectId } };
      const { data } = await client.POST('/api/v1/projects/{project_id}/plans/sample', {
        params,
        body: { text: settled, table, rows },
        signal,
      });
      return data;
    },
  });
  return { ...query, waiting: query.isFetching || settled !== text };
}

/** What an expression over columns is of, and what is wrong with it. */
export function useExpressionCheck(expression: string, columns: readonly Schema<'ExpressionColumn'>[]) {
  const settled = useSettled(expression, CHECK_MS);
  const query = useQuery({
    ...transient,
    placeholderData: undefined,
    queryKey: ['expression check', settled, columns],
    enabled: settled.trim() !== '' && columns.length > 0,
    queryFn: async ({ signal }) => {
      const body = { expression: settled, columns: columns.map(({ name, type }) => ({ name, type })) };
      const { data } = await client.POST('/api/v1/expressions/check', { body, signal });
      return data;
    },
  });
  return settled === expression ? query.data : undefined;
}
