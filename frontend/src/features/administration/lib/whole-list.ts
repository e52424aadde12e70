import { useQuery } from '@tanstack/react-query';
import { client, type Schema } from '@/lib/api/client';
import type { ApiPage } from '@/lib/api/pages';

const LIMIT = 200;
const MOST_PAGES = 50;

/** All pages of a list, one after the other. */
async function whole<Item>(page: (cursor?: string) => Promise<ApiPage<Item> | undefined>) {
  const items: Item[] = [];
  let next: string | null | undefined;
  for (let count = 0; count < MOST_PAGES; count++) {
    const answer = await page(next ?? undefined);
    items.push(...(answer?.items ?? []));
    next = answer?.next;
    if (!next) break;
  }
  return items;
}
const query = (cursor?: string) => ({ params: { query: { limit: LIMIT, ...(cursor && { cursor }) } } });

/** Everybody: to name them by their ids, and to choose from. */
export const usePeople = () =>
  useQuery<Schema<'UserView'>[]>({
    queryKey: ['get', '/api/v1/users', 'whole'],
    queryFn: () => whole(async (cursor) => (await client.GET('/api/v1/users', query(cursor))).data),
  });

/** All roles in projects. */
export const useGrants = () =>
  useQuery<Schema<'GrantView'>[]>({
    queryKey: ['get', '/api/v1/grants', 'whole'],
    queryFn: () => whole(async (cursor) => (await client.GET('/api/v1/grants', query(cursor))).data),
  });

/** All projects that the person may see. */
export const useProjects = () =>
  useQuery<Schema<'ProjectView'>[]>({
    queryKey: ['get', '/api/v1/projects', 'whole'],
    queryFn: () => whole(async (cursor) => (await client.GET('/api/v1/projects', query(cursor))).data),
  });
