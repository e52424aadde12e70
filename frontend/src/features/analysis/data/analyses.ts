import { useQueryClient } from '@tanstack/react-query';
import { $api, type Schema } from '@/lib/api/client';
import { useTopic } from '@/lib/realtime/use-topic';

export type Analysis = Schema<'AnalysisView'>;

/** Analyses of a project that are looked at for the choice; older ones are found in the list of all. */
const MOST = 200;
const LOOK_AGAIN_MS = 4000;
const LIST = ['get', '/api/v1/analyses'];

export const isOver = ({ state }: Analysis) => state === 'succeeded' || state === 'failed' || state === 'cancelled';
export const hasResults = ({ state, assessed }: Analysis) => state === 'succeeded' && assessed;

/** Those of a project, newest first; loaded again when one begins or ends. */
export function useAnalyses(projectId: string) {
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: LIST });
  useTopic(`project:${projectId}`, ({ type }) => {
    if (type.startsWith('analysis.') || type === 'resync') void refresh();
  });
  return $api.useQuery(
    'get',
    '/api/v1/analyses',
    { params: { query: { project_id: projectId, limit: MOST } } },
    // One that was over before the connection for news stood is not missed.
    { refetchInterval: ({ state }) => (state.data?.items.every(isOver) === false ? LOOK_AGAIN_MS : false) },
  );
}

export function useRefreshAnalyses() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: LIST }),
      queries.invalidateQueries({ queryKey: ['get', '/api/v1/analyses/{analysis_id}'] }),
    ]);
}

/** The one of the address; without one the newest with results, else the newest of all. */
export const chosenOf = (analyses: readonly Analysis[], id: string | null) =>
  analyses.find(({ analysis_id }) => analysis_id === id) ?? analyses.find(hasResults) ?? analyses[0];
