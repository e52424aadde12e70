import { useState } from 'react';
import { $api } from '@/lib/api/client';
import { useTopic } from './use-topic';

/** How far a job is. */
export interface JobProgress {
  phase: string;
  done: number;
  /** Absent while nobody knows. */
  total?: number;
  unit: string;
  detail?: string;
}

const isProgress = (value: unknown): value is JobProgress =>
  typeof value === 'object' && value !== null && 'phase' in value && 'done' in value;

const OVER = new Set(['succeeded', 'failed', 'cancelled', 'undone']);
export const isOver = (state: string) => OVER.has(state);

const AGAIN_MS = 4000;

/** A job as it is now: told by the server, and asked for again now and then in case nothing is heard. */
export function useJob(jobId: string | undefined) {
  const [heard, setHeard] = useState<JobProgress>();
  const query = $api.useQuery(
    'get',
    '/api/v1/runs/{run_id}',
    { params: { path: { run_id: jobId ?? '' } } },
    {
      enabled: jobId !== undefined,
      // What is shown of it may be read further inside, later.
      notifyOnChangeProps: 'all',
      refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : AGAIN_MS),
    },
  );
  const over = query.data !== undefined && isOver(query.data.state);
  useTopic(over || jobId === undefined ? undefined : `run:${jobId}`, ({ type, data }) => {
    if (type === 'run.progress' && isProgress(data)) setHeard(data);
    if (type === 'run.state' || type === 'resync') void query.refetch();
  });
  const last: unknown = query.data?.progress;
  return { query, over, progress: heard ?? (isProgress(last) ? last : undefined) };
}
