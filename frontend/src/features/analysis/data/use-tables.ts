import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '@/lib/api/client';

const PAGE = 200;

async function allTables(analysis_id: string, signal: AbortSignal) {
  const tables: Schema<'AnalysedTableView'>[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await client.GET('/api/v1/analyses/{analysis_id}/tables', {
      params: { path: { analysis_id }, query: { limit: PAGE, ...(cursor && { cursor }) } },
      signal,
    });
    tables.push(...(data?.items ?? []));
    cursor = data?.next ?? undefined;
  } while (cursor);
  return tables;
}

/** All tables of an analysis with their numbers: addresses name tables, the server counts them. */
export const useTables = (analysis_id: string) =>
  useQuery({
    queryKey: ['get', '/api/v1/analyses/{analysis_id}/tables', analysis_id, 'all'],
    queryFn: ({ signal }) => allTables(analysis_id, signal),
    staleTime: Infinity,
  });
