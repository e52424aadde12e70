import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import { useNotify } from '@/lib/store/store';

type Plan = Schema<'PlanTextView'>;

interface Wishes {
  planId: string;
  /** Somebody was faster. */
  onStale: () => void;
  onSaved: (plan: Plan) => void;
}

/** Stores a text as the plan's next version, on top of the version it is based on. */
export function useSaving({ planId, onStale, onSaved }: Wishes) {
  const { t } = useTranslation('transformation');
  const queries = useQueryClient();
  const notify = useNotify();
  const path = { params: { path: { plan_id: planId } } };
  const { queryKey } = $api.queryOptions('get', '/api/v1/plans/{plan_id}', path);
  const saving = $api.useMutation('put', '/api/v1/plans/{plan_id}', {
    onSuccess: async (plan) => {
      queries.setQueryData(queryKey, plan);
      onSaved(plan);
      notify('success', t('save.done', { version: plan.version }));
      await Promise.all(
        [
          '/api/v1/projects/{project_id}/plans',
          '/api/v1/plans/{plan_id}/versions',
          '/api/v1/plans/{plan_id}/columns',
        ].map((each) => queries.invalidateQueries({ queryKey: ['get', each] })),
      );
    },
    onError: async (error) => {
      if (!asApiError(error).stale) return;
      await queries.refetchQueries({ queryKey });
      onStale();
    },
  });
  const save = (text: string, version: number, message: string) => {
    saving.mutate({
      params: { ...path.params, header: ifMatch(version) },
      body: { text, ...(message.trim() && { message: message.trim() }) },
    });
  };
  return { save, busy: saving.isPending, error: asApiErrorIfOther(saving.error) };
}

/** A conflict has a page of its own. */
const asApiErrorIfOther = (error: unknown) => (error && !asApiError(error).stale ? error : undefined);
