import { useEffect } from 'react';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';

const PAGE = 100;

/** The columns of a table, page by page; on until the one of the address is there. */
export function useColumns(analysis_id: string, number: number, wanted: string | undefined) {
  const path = { analysis_id, number: String(number) };
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/analyses/{analysis_id}/tables/{number}/columns',
    { params: { path, query: { limit: PAGE } } },
    { ...byCursor, staleTime: Infinity },
  );
  const found = itemsOf<Schema<'AnalysedColumn'>>(query.data).find(({ profile }) => profile.name === wanted);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const goOn = wanted !== undefined && !found && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (goOn) void fetchNextPage();
  }, [goOn, fetchNextPage]);
  return { query, found };
}
