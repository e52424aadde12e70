import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { Note } from '@/components/note';
import { SelectField } from '@/components/select-field';
import { asApiError } from '@/lib/api/errors';
import { $api, once, type Schema } from '@/lib/api/client';

interface Props {
  matching: Schema<'MatchingView'>;
  agreed: number;
  open: number;
  twice: number;
  /** So many decisions are still on their way. */
  waiting: number;
  onClose: () => void;
}

const PLANS = '/api/v1/projects/{project_id}/plans';

/** What was accepted and changed becomes a plan, or a new version of one. */
export function PlanDialog({ matching, agreed, open, twice, waiting, onClose }: Props) {
  const { t } = useTranslation('mapping');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { project_id, matching_id } = matching;
  const plans = $api.useQuery('get', PLANS, { params: { path: { project_id }, query: { limit: 200 } } });
  const [plan, setPlan] = useState('');
  const [name, setName] = useState(matching.name.slice(0, 100));
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/matchings/{matching_id}/plan', {
    onSuccess: ({ plan_id }) => {
      for (const path of [PLANS, '/api/v1/plans/{plan_id}'])
        void queries.invalidateQueries({ queryKey: ['get', path] });
      void navigate(`/projects/${project_id}/transformation?plan=${plan_id}`);
    },
  });
  const make = () => {
    const body = plan ? { plan_id: plan } : { name: name.trim() };
    mutate({ params: { path: { matching_id }, header: once() }, body });
  };
  return (
    <ConfirmDialog
      title={t('plan.title')}
      action={t('plan.make')}
      busy={isPending}
      error={error}
      disabled={waiting > 0 || agreed === 0 || (!plan && !name.trim())}
      onConfirm={make}
      onClose={onClose}
    >
      <p>{t('plan.agreed', { count: agreed })}</p>
      {open > 0 && <Note tone="info">{t('plan.open', { count: open })}</Note>}
      {waiting > 0 && <Note tone="info">{t('waiting', { count: waiting })}</Note>}
      {twice > 0 && <Note tone="warning">{t('plan.twice', { count: twice })}</Note>}
      <SelectField
        label={t('plan.which')}
        value={plan}
        onChange={setPlan}
        options={[
          { value: '', label: t('plan.new') },
          ...(plans.data?.items ?? []).map((each) => ({
            value: each.plan_id,
            label: t('plan.version', { name: each.name }),
          })),
        ]}
      />
      {!plan && (
        <Field
          label={t('plan.name')}
          value={name}
          onChange={setName}
          error={error ? asApiError(error).field('name') : undefined}
          inputProps={{ maxLength: 100 }}
        />
      )}
    </ConfirmDialog>
  );
}
