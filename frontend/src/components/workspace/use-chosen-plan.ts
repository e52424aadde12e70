import { useSearchParams } from 'react-router';
import { $api } from '@/lib/api/client';

/** The plan that the address names, else the project's first. */
export function useChosenPlan(projectId: string) {
  const [search] = useSearchParams();
  const plans = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/plans',
    { params: { path: { project_id: projectId }, query: { limit: 200 } } },
    { staleTime: 60_000 },
  );
  const named = search.get('plan');
  const plan = plans.data?.items.find(({ plan_id }) => plan_id === named) ?? plans.data?.items[0];
  return { plans, plan };
}
