import { $api } from '@/lib/api/client';

/** What came of a check run, once it is over; `check` is the result of that name. */
export function useResults(checkRunId: string | undefined, name?: string) {
  const query = $api.useQuery(
    'get',
    '/api/v1/check-runs/{check_run_id}/results',
    { params: { path: { check_run_id: checkRunId ?? '' } } },
    { enabled: checkRunId !== undefined, staleTime: Infinity },
  );
  const checks = query.data?.result.checks ?? [];
  return { query, checks, masked: query.data?.masked ?? false, check: checks.find((each) => each.name === name) };
}
