import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { $api, client, once } from '@/lib/api/client';
import {
  analysisState,
  mappingState,
  migrationState,
  transformationState,
  validationState,
  type StepState,
  type WorkStep,
} from './steps';

/** Beyond so many the tab says "at least". */
const MOST = 50;
const LAZY = { staleTime: 60_000 };

/** The plan that the address names, else the project's first. */
export function useChosenPlan(projectId: string) {
  const [search] = useSearchParams();
  const plans = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/plans',
    { params: { path: { project_id: projectId }, query: { limit: 200 } } },
    LAZY,
  );
  const named = search.get('plan');
  const plan = plans.data?.items.find(({ plan_id }) => plan_id === named) ?? plans.data?.items[0];
  return { plans, plan };
}

function useAnalysis(projectId: string, connectionId: string | undefined) {
  const own = $api.useQuery(
    'get',
    '/api/v1/analyses',
    { params: { query: { project_id: projectId, limit: 1 } } },
    LAZY,
  );
  // Analyses of the source that were made for no project say as much.
  const shared = $api.useQuery(
    'get',
    '/api/v1/analyses',
    { params: { query: { connection_id: connectionId ?? '', limit: 1 } } },
    { ...LAZY, enabled: Boolean(connectionId) && own.data?.items.length === 0 },
  );
  if (!own.data || (own.data.items.length === 0 && connectionId && !shared.data)) return undefined;
  return analysisState(own.data.items[0] ?? shared.data?.items[0]);
}

function useMapping(projectId: string) {
  const { data: matchings } = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/matchings',
    { params: { path: { project_id: projectId }, query: { limit: 1 } } },
    LAZY,
  );
  const last = matchings?.items[0];
  const { data: open } = $api.useQuery(
    'get',
    '/api/v1/matchings/{matching_id}/suggestions',
    { params: { path: { matching_id: last?.matching_id ?? '' }, query: { decision: 'open', limit: MOST } } },
    { ...LAZY, enabled: last?.state === 'succeeded' },
  );
  return matchings && mappingState(last, open);
}

/** A version of a plan is looked at once. */
function useTransformation(projectId: string) {
  const { plans, plan } = useChosenPlan(projectId);
  const { data: checked } = useQuery({
    queryKey: ['plan-faults', plan?.plan_id, plan?.version],
    queryFn: async ({ signal }) => {
      const { data: found } = await client.GET('/api/v1/plans/{plan_id}', {
        params: { path: { plan_id: plan?.plan_id ?? '' } },
        signal,
      });
      const { data } = await client.POST('/api/v1/projects/{project_id}/plans/validate', {
        params: { path: { project_id: projectId }, header: once() },
        body: { text: found?.text ?? '' },
        signal,
      });
      return data ?? null;
    },
    enabled: plan !== undefined,
    staleTime: Infinity,
  });
  return { plan, state: plans.data && transformationState(plan, checked ?? undefined) };
}

function useValidation(projectId: string) {
  const { data: runs } = $api.useQuery(
    'get',
    '/api/v1/check-runs',
    { params: { query: { project_id: projectId, limit: 1 } } },
    LAZY,
  );
  const { data: alerts } = $api.useQuery(
    'get',
    '/api/v1/check-alerts',
    { params: { query: { project_id: projectId, source: 'suite', state: 'unresolved', limit: MOST } } },
    LAZY,
  );
  return runs && validationState(runs.items[0], alerts);
}

function useMigration(projectId: string) {
  const { data: runs } = $api.useQuery(
    'get',
    '/api/v1/runs',
    { params: { query: { project_id: projectId, limit: 1 } } },
    LAZY,
  );
  const { data: approvals } = $api.useQuery(
    'get',
    '/api/v1/approvals',
    { params: { query: { project_id: projectId, limit: MOST } } },
    LAZY,
  );
  return runs && migrationState(runs.items[0], approvals);
}

/** How far each step is and what is left in it; nothing of what is not known (yet), or may not be seen. */
export function useStepStates(projectId: string): Partial<Record<WorkStep, StepState | undefined>> {
  const { plan, state } = useTransformation(projectId);
  return {
    analysis: useAnalysis(projectId, plan?.source_connection_id),
    mapping: useMapping(projectId),
    transformation: state,
    validation: useValidation(projectId),
    migration: useMigration(projectId),
  };
}
