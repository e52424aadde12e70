import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef } from 'react';
import { client, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import type { Suggestion } from '../model/suggestion';

type Pages = InfiniteData<Schema<'SuggestionViewPage'>, string | null>;

const PATH = '/api/v1/matchings/{matching_id}/suggestions';
const LIMIT = 200;
const FRESH_MS = 60_000;
/** A key of its own: thousands of suggestions are not loaded anew because one of them was decided. */
export const suggestionsKey = (matchingId: string) => ['mapping', 'suggestions', matchingId] as const;

async function load(matching_id: string, cursor: string | null | undefined, signal?: AbortSignal) {
  const query = { limit: LIMIT, ...(cursor && { cursor }) };
  const { data } = await client.GET(PATH, { params: { path: { matching_id }, query }, ...(signal && { signal }) });
  return data ?? { items: [] };
}

type Page = Pages['pages'][number];
const holds = (page: Page, number: number) => page.items.some((one) => one.number === number);
const withOne = (page: Page, one: Suggestion) =>
  holds(page, one.number)
    ? { ...page, items: page.items.map((other) => (other.number === one.number ? one : other)) }
    : page;

/** Keeps what is known of suggestions in step with what the server says. */
function useSuggestionNews(matchingId: string) {
  const queries = useQueryClient();
  const queryKey = suggestionsKey(matchingId);
  // What was put since a load began is newer than what it brings.
  const puts = useRef({ count: 0, of: new Map<number, number>() });
  const newer = (fresh: Page, old: Page, began: number): Page => {
    const put = new Map(
      old.items.filter(({ number }) => (puts.current.of.get(number) ?? 0) > began).map((one) => [one.number, one]),
    );
    return { ...fresh, items: fresh.items.map((one) => put.get(one.number) ?? one) };
  };
  const change = (page: (page: Page, index: number) => Page) => {
    queries.setQueryData<Pages>(queryKey, (old) => old && { ...old, pages: old.pages.map(page) });
  };
  return {
    /** What the server answered. */
    put: (one: Suggestion) => {
      puts.current.count += 1;
      puts.current.of.set(one.number, puts.current.count);
      change((page) => withOne(page, one));
    },
    /** Loads the pages again on which these stand. */
    refresh: async (numbers: readonly number[]) => {
      const old = queries.getQueryData<Pages>(queryKey);
      const wanted = (old?.pages ?? []).flatMap((page, index) =>
        numbers.some((number) => holds(page, number)) ? [index] : [],
      );
      const began = puts.current.count;
      const loaded = await Promise.all(
        wanted.map(async (index) => [index, await load(matchingId, old?.pageParams[index])] as const),
      );
      const fresh = new Map(loaded);
      change((page, index) => newer(fresh.get(index) ?? page, page, began));
    },
    /** Loads all again. */
    reload: () => queries.invalidateQueries({ queryKey }),
  };
}
export type SuggestionNews = ReturnType<typeof useSuggestionNews>;

/** All suggestions of a matching, page by page until the last one is there. */
export function useSuggestions(matchingId: string) {
  const query = useInfiniteQuery({
    ...byCursor,
    queryKey: suggestionsKey(matchingId),
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      load(matchingId, pageParam, signal),
    initialPageParam: null as string | null,
    staleTime: FRESH_MS,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage, data } = query;
  const more = hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (more) void fetchNextPage();
  }, [more, fetchNextPage]);
  const items = useMemo(() => data && itemsOf(data), [data]);

  // What is put while pages arrive would be lost with the next page: it is loaded again afterwards.
  const news = useSuggestionNews(matchingId);
  const late = useRef(new Set<number>());
  const still = !isFetching && !hasNextPage;
  const refreshLate = useEffectEvent(() => {
    const numbers = [...late.current];
    late.current.clear();
    if (numbers.length > 0) void news.refresh(numbers);
  });
  useEffect(() => {
    if (still) refreshLate();
  }, [still]);
  const put = (one: Suggestion) => {
    if (!still) late.current.add(one.number);
    news.put(one);
  };
  return { query, items, complete: items !== undefined && !hasNextPage, news: { ...news, put } };
}
