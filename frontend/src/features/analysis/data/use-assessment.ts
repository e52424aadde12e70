import { $api } from '@/lib/api/client';

/** Of an analysis that is over: it never changes. */
export const useAssessment = (analysis_id: string) =>
  $api.useQuery(
    'get',
    '/api/v1/analyses/{analysis_id}/assessment',
    { params: { path: { analysis_id } } },
    { staleTime: Infinity },
  );
