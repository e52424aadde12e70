import { useEffect } from 'react';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { useFilters } from '../filter';

export type Comment = Schema<'CommentView'>;
export interface Thread {
  first: Comment;
  answers: Comment[];
}

/** In the address, for the comments of the whole project. */
export const ALL = 'all';

/** Whether the panel is open, and of what; it stands in the address. */
export function useCommentsPanel() {
  const { values, set } = useFilters(['comments']);
  return {
    open: values.comments,
    show: (anchor: string) => {
      set({ comments: anchor });
    },
    close: () => {
      set({ comments: '' });
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

/** How many comments stand there. */
export const countOf = (comments: readonly Comment[], anchor = ALL) =>
  comments.filter(({ deleted, field }) => !deleted && (anchor === ALL || field === anchor)).length;
