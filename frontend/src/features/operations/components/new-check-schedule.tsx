import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { once, type Schema } from '@/lib/api/client';
import { ScheduleFields } from './schedule-fields';
import { bodyOf, EMPTY, requiredOf } from './schedule-values';
import { useCreateSchedule } from './use-create-schedule';

/** A suite of checks that is carried out by itself. */
export function NewCheckSchedule({ suite }: { suite: Schema<'SuiteTextView'> }) {
  const { t } = useTranslation('operations');
  const [when, setWhen] = useState(EMPTY.when);
  const { mutate, isPending, error } = useCreateSchedule();
  const { bind, submit, values, set } = useFields(
    { ...EMPTY, name: suite.name },
    { required: requiredOf(when), error },
  );
  return (
    <form
      noValidate
      onSubmit={submit((given) => {
        const body = { kind: 'check', subject: { suite_id: suite.suite_id }, ...bodyOf(given) };
        mutate({ params: { header: once() }, body });
      })}
    >
      <Field label={t('schedules.name')} autoFocus {...bind('name')} />
      <ScheduleFields
        values={values}
        bind={bind}
        set={(changes) => {
          if (changes.when) setWhen(changes.when);
          set(changes);
        }}
      />
      <ErrorNote error={error} />
      <Button type="submit" variant="contained" loading={isPending}>
        {t('schedules.make')}
      </Button>
    </form>
  );
}
