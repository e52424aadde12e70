import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Loaded } from '@/components/loaded';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';

const KINDS = ['run', 'rehearse', 'verify'] as const;
const MISSED = ['once', 'skip'] as const;
const OVERLAP = ['skip', 'allow'] as const;
const EMPTY = {
  name: '',
  cron: '0 2 * * *',
  time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  kind: 'run',
  missed: 'once',
  overlap: 'skip',
};
type Body = Schema<'CreateSchedule'>;

function Form({ plan }: { plan: Schema<'PlanTextView'> }) {
  const { t } = useTranslation('operations');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [confirmed, setConfirmed] = useState(false);
  const preview = $api.useQuery('get', '/api/v1/runs/preview', { params: { query: { plan_id: plan.plan_id } } });
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/schedules', {
    onSuccess: async ({ schedule_id }) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/schedules'] });
      await navigate(`/schedules/${schedule_id}`);
    },
  });
  const { bind, submit, values, set } = useFields(EMPTY, { required: ['name', 'cron', 'time_zone'], error });
  const destroys = values.kind === 'run' && preview.data?.destructive === true;
  return (
    <form
      noValidate
      onSubmit={submit(({ kind, missed, overlap, ...rest }) => {
        const choices = {
          kind: kind as Body['kind'],
          missed: missed as Body['missed'],
          overlap: overlap as Body['overlap'],
        };
        mutate({
          params: { header: once() },
          body: { plan_id: plan.plan_id, ...rest, ...choices, confirm: destroys && confirmed },
        });
      })}
    >
      <Field label={t('schedules.name')} autoFocus {...bind('name')} />
      <SelectField
        label={t('schedules.kind')}
        value={values.kind}
        options={KINDS.map((value) => ({ value, label: t(`schedules.kinds.${value}`) }))}
        onChange={(kind) => {
          set({ kind });
        }}
      />
      <Field
        label={t('schedules.cron')}
        hint={t('schedules.cronHint')}
        {...bind('cron')}
        inputProps={{ dir: 'ltr', spellCheck: false }}
      />
      <Field label={t('schedules.zone')} {...bind('time_zone')} inputProps={{ dir: 'ltr', spellCheck: false }} />
      <SelectField
        label={t('schedules.missed')}
        value={values.missed}
        options={MISSED.map((value) => ({ value, label: t(`schedules.missedMoments.${value}`) }))}
        onChange={(missed) => {
          set({ missed });
        }}
      />
      <SelectField
        label={t('schedules.overlap')}
        value={values.overlap}
        options={OVERLAP.map((value) => ({ value, label: t(`schedules.overlapping.${value}`) }))}
        onChange={(overlap) => {
          set({ overlap });
        }}
      />
      {destroys && <Tick label={t('schedules.confirm')} checked={confirmed} onChange={setConfirmed} />}
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending} disabled={destroys && !confirmed}>
        {t('schedules.make')}
      </Button>
    </form>
  );
}

/** A schedule for the plan that the address names. */
export default function NewSchedule() {
  const { t } = useTranslation('operations');
  const [search] = useSearchParams();
  const planId = search.get('plan') ?? '';
  const plan = $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}',
    { params: { path: { plan_id: planId } } },
    { enabled: planId !== '' },
  );
  return (
    <Page
      title={plan.data ? t('schedules.newOf', { name: plan.data.name }) : t('schedules.new')}
      crumbs={[{ label: t('nav'), to: '/operations' }]}
    >
      {planId ? (
        <Loaded query={plan}>
          {(loaded) => (
            <Panel>
              <div style={{ maxWidth: 560 }}>
                <Form plan={loaded} />
              </div>
            </Panel>
          )}
        </Loaded>
      ) : (
        <Empty>{t('schedules.noPlan')}</Empty>
      )}
    </Page>
  );
}
