import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, once, type Schema } from '@/lib/api/client';
import { ScheduleFields } from './schedule-fields';
import { bodyOf, EMPTY, requiredOf } from './schedule-values';
import { useCreateSchedule } from './use-create-schedule';

const KINDS = ['run', 'rehearse', 'verify'] as const;

/** A plan that runs, is rehearsed or verified by itself. */
export function NewRunSchedule({ plan }: { plan: Schema<'PlanTextView'> }) {
  const { t } = useTranslation('operations');
  const [confirmed, setConfirmed] = useState(false);
  const [kind, setKind] = useState('run');
  const [when, setWhen] = useState(EMPTY.when);
  const preview = $api.useQuery('get', '/api/v1/runs/preview', { params: { query: { plan_id: plan.plan_id } } });
  const { mutate, isPending, error } = useCreateSchedule();
  const { bind, submit, values, set } = useFields(EMPTY, { required: requiredOf(when), error });
  const destroys = kind === 'run' && preview.data?.destructive === true;
  return (
    <form
      noValidate
      onSubmit={submit((given) => {
        const body = { plan_id: plan.plan_id, kind, ...bodyOf(given), confirm: destroys && confirmed };
        mutate({ params: { header: once() }, body });
      })}
    >
      <Field label={t('schedules.name')} autoFocus {...bind('name')} />
      <SelectField
        label={t('schedules.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`schedules.kinds.${value}`) }))}
        onChange={setKind}
      />
      <ScheduleFields
        values={values}
        bind={bind}
        set={(changes) => {
          if (changes.when) setWhen(changes.when);
          set(changes);
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
