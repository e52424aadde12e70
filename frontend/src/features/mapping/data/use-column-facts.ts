import { useQuery } from '@tanstack/react-query';
import { $api, client, type Schema } from '@/lib/api/client';
import type { ApiPage } from '@/lib/api/pages';

export type ColumnFacts = Schema<'AnalysedColumn'>;

const LIMIT = 200;
const FRESH_MS = 5 * 60_000;

/** All items of a list, page by page. */
async function everything<Item>(load: (cursor: string | undefined) => Promise<ApiPage<Item> | undefined>) {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    items.push(...(page?.items ?? []));
    cursor = page?.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** The last finished analysis of a connection; nothing where there is none or one may not see it. */
function useAnalysis(connection_id: string) {
  const { data } = $api.useQuery(
    'get',
    '/api/v1/analyses',
    { params: { query: { connection_id, limit: 20 } } },
    { staleTime: FRESH_MS, retry: false },
  );
  return data?.items.find(({ state }) => state === 'succeeded')?.analysis_id;
}

function useTables(analysis_id: string | undefined) {
  const { data } = useQuery({
    queryKey: ['mapping', 'tables', analysis_id],
    enabled: analysis_id !== undefined,
    staleTime: FRESH_MS,
    retry: false,
    queryFn: async () => {
      const found = await everything(async (cursor) => {
        const params = { path: { analysis_id: analysis_id ?? '' }, query: { limit: LIMIT, ...(cursor && { cursor }) } };
        return (await client.GET('/api/v1/analyses/{analysis_id}/tables', { params })).data;
      });
      return new Map(found.map(({ name, number }) => [name, number]));
    },
  });
  return data;
}

/** What the last analysis of a connection says of the columns of a table, by their names. */
export function useColumnFacts(connectionId: string, table: string): ReadonlyMap<string, ColumnFacts> | undefined {
  const analysis_id = useAnalysis(connectionId);
  const number = useTables(analysis_id)?.get(table);
  const { data } = useQuery({
    queryKey: ['mapping', 'columns', analysis_id, number],
    enabled: analysis_id !== undefined && number !== undefined,
    staleTime: FRESH_MS,
    retry: false,
    structuralSharing: false,
    queryFn: async () => {
      const found = await everything(async (cursor) => {
        const path = { analysis_id: analysis_id ?? '', number: String(number) };
        const params = { path, query: { limit: LIMIT, ...(cursor && { cursor }) } };
        return (await client.GET('/api/v1/analyses/{analysis_id}/tables/{number}/columns', { params })).data;
      });
      return new Map(found.map((column) => [column.profile.name, column]));
    },
  });
  return data;
}
