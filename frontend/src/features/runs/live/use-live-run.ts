import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { $api, type Schema } from '@/lib/api/client';
import { isProgress } from '@/lib/api/progress';
import { useTopic } from '@/lib/realtime/use-topic';
import { ProgressFeed } from './progress-feed';

const runOptions = (run_id: string) =>
  $api.queryOptions('get', '/api/v1/runs/{run_id}', { params: { path: { run_id } } });
/** What may be different when the state of a run is. */
const DEPENDENT = [
  '/api/v1/runs',
  '/api/v1/runs/{run_id}',
  '/api/v1/runs/{run_id}/tasks',
  '/api/v1/runs/{run_id}/report',
  '/api/v1/runs/{run_id}/quarantine',
  '/api/v1/approvals',
];
const EVENTS = ['get', '/api/v1/runs/{run_id}/events'];

export function useRefreshRuns() {
  const queries = useQueryClient();
  return () => Promise.all(DEPENDENT.map((path) => queries.invalidateQueries({ queryKey: ['get', path] })));
}

/** A run as it is now: loaded once, then told by the server. */
export function useLiveRun(runId: string) {
  const queries = useQueryClient();
  const refresh = useRefreshRuns();
  const [feed] = useState(() => new ProgressFeed());
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}', { params: { path: { run_id: runId } } });
  const progress: unknown = query.data?.progress;
  useEffect(() => {
    if (isProgress(progress)) feed.hear(progress);
  }, [feed, progress]);
  useTopic(`run:${runId}`, ({ type, data }) => {
    if (type === 'run.progress' && isProgress(data)) feed.hear(data);
    if (type === 'run.state') {
      const news = data as Pick<Schema<'RunView'>, 'state' | 'version'>;
      queries.setQueryData(runOptions(runId).queryKey, (old) => old && { ...old, state: news.state });
    }
    if (type === 'run.state' || type === 'resync') void refresh();
    if (type === 'run.event' || type === 'resync') void queries.invalidateQueries({ queryKey: EVENTS });
  });
  const live = useSyncExternalStore(feed.listen, feed.snapshot, feed.snapshot);
  return { query, live };
}
