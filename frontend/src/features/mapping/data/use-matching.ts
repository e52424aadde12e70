import { useFilters } from '@/components/filter';
import { $api } from '@/lib/api/client';

const AGAIN_MS = 5000;
const atWork = (state: string | undefined) => state === 'queued' || state === 'running';

/** The matching of the address, else the project's newest. */
export function useMatching(projectId: string) {
  const { values, set } = useFilters(['matching']);
  const list = $api.useQuery('get', '/api/v1/projects/{project_id}/matchings', {
    params: { path: { project_id: projectId }, query: { limit: 50 } },
  });
  const newest = list.data?.items[0]?.matching_id;
  const matching_id = values.matching ?? newest ?? '';
  const one = $api.useQuery(
    'get',
    '/api/v1/matchings/{matching_id}',
    { params: { path: { matching_id } } },
    {
      enabled: matching_id !== '',
      // Events say when it ends; this is for when none arrive.
      refetchInterval: ({ state }) => (atWork(state.data?.state) ? AGAIN_MS : false),
    },
  );
  return {
    list,
    one,
    choose: (matching: string) => {
      set({ matching });
    },
  };
}
