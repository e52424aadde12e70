import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { asApiError, codes } from '@/lib/api/errors';

/** Who must have a second factor and has none is led to where it is set up: nothing else opens before. */
export function useEnrolmentGate() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type !== 'updated' || event.action.type !== 'error') return;
        if (asApiError(event.action.error).code === codes.needsEnrolment)
          void navigate('/account/security', { replace: true });
      }),
    [queries, navigate],
  );
}
