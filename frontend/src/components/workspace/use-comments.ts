import { useEffect } from 'react';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { useFilters } from '../filter';

export type Comment = Schema<'CommentView'>;
export interface Thread {
  first: Comment;
  answers: Comment[];
}

/** Which threads are shown. */
export const STATES = ['open', 'resolved', 'every'] as const;
export type ThreadState = (typeof STATES)[number];
const stateOf = (value: string | undefined) => STATES.find((each) => each === value) ?? 'open';

/** In the address, for the comments of the whole project. */
export const ALL = 'all';

/** Whether the panel is open, and of what; it stands in the address. */
export function useCommentsPanel() {
  const { values, set } = useFilters(['comments', 'threads']);
  return {
    open: values.comments,
    state: stateOf(values.threads),
    showState: (threads: ThreadState) => {
      set({ threads: threads === 'open' ? '' : threads });
    },
    show: (anchor: string) => {
      set({ comments: anchor });
    },
    close: () => {
      set({ comments: '', threads: '' });
    },
  };
}

/** All comments of a project; they come in the order of their making, so that the newest are on the last page. */
export function useComments(projectId: string) {
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/projects/{project_id}/comments',
    { params: { path: { project_id: projectId }, query: { limit: 200 } } },
    { ...byCursor, staleTime: 60_000 },
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { query, comments: itemsOf(query.data) };
}

/** Comments with their answers; those that were deleted stay only while somebody answered. */
export function threadsOf(comments: readonly Comment[], anchor = ALL): Thread[] {
  const answersOf = (first: Comment) =>
    comments.filter(({ parent_id, deleted }) => parent_id === first.comment_id && !deleted);
  return comments
    .filter(({ parent_id, field }) => !parent_id && (anchor === ALL || field === anchor))
    .map((first) => ({ first, answers: answersOf(first) }))
    .filter((thread) => !thread.first.deleted || thread.answers.length > 0);
}

export const threadsIn = (threads: readonly Thread[], state: ThreadState) =>
  threads.filter(({ first }) => state === 'every' || (state === 'resolved') === Boolean(first.resolved_at));

/** How many threads are open there. */
export const countOf = (comments: readonly Comment[], anchor = ALL) =>
  threadsIn(threadsOf(comments, anchor), 'open').length;
