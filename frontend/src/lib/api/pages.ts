import type { InfiniteData } from '@tanstack/react-query';

export interface ApiPage<Item> {
  items: Item[];
  next?: string | null;
}

/** Options of useInfiniteQuery for lists with cursors. */
export const byCursor = {
  pageParamName: 'cursor',
  // null: the first page is asked for without a cursor.
  initialPageParam: null,
  getNextPageParam: (page: ApiPage<unknown>) => page.next ?? undefined,
};

export function itemsOf<Item>(data: InfiniteData<ApiPage<Item>> | undefined): Item[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
