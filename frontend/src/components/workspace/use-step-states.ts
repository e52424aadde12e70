import { useSearchParams } from 'react-router';
import { $api } from '@/lib/api/client';
import type { StepState, WorkStep } from './steps';

/**
 * How far each step is and what is left in it, with the plan that the address names; nothing of what is not known (yet),
 * or may not be seen. `useNews` has it loaded again.
 */
export function useStepStates(projectId: string): Partial<Record<WorkStep, StepState>> {
  const [search] = useSearchParams();
  const plan = search.get('plan');
  const { data } = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/steps',
    { params: { path: { project_id: projectId }, ...(plan && { query: { plan_id: plan } }) } },
    { staleTime: 60_000 },
  );
  return Object.fromEntries(data?.items.map((state) => [state.step, state]) ?? []);
}
