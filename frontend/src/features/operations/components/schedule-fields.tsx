import { useTranslation } from 'react-i18next';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import type { Bound } from '@/components/use-fields';
import type { ScheduleValues } from './schedule-values';

const WHEN = ['cron', 'once'] as const;
const MISSED = ['once', 'skip'] as const;
const OVERLAP = ['skip', 'allow'] as const;

interface Props {
  values: ScheduleValues;
  bind: (name: keyof ScheduleValues) => Bound;
  set: (changes: Partial<ScheduleValues>) => void;
}

/** When something begins by itself, and what becomes of moments that nobody was there for. */
export function ScheduleFields({ values, bind, set }: Props) {
  const { t } = useTranslation('operations');
  const choice = (name: 'when' | 'missed' | 'overlap', label: string, options: { value: string; label: string }[]) => (
    <SelectField
      label={label}
      value={values[name]}
      options={options}
      onChange={(value) => {
        set({ [name]: value });
      }}
    />
  );
  return (
    <>
      {choice(
        'when',
        t('schedules.often'),
        WHEN.map((value) => ({ value, label: t(`schedules.oftenKinds.${value}`) })),
      )}
      {values.when === 'once' ? (
        <Field label={t('schedules.onceAt')} type="datetime-local" {...bind('once_at')} />
      ) : (
        <>
          <Field
            label={t('schedules.cron')}
            hint={t('schedules.cronHint')}
            {...bind('cron')}
            inputProps={{ dir: 'ltr', spellCheck: false }}
          />
          <Field label={t('schedules.zone')} {...bind('time_zone')} inputProps={{ dir: 'ltr', spellCheck: false }} />
        </>
      )}
      {choice(
        'missed',
        t('schedules.missed'),
        MISSED.map((value) => ({ value, label: t(`schedules.missedMoments.${value}`) })),
      )}
      {choice(
        'overlap',
        t('schedules.overlap'),
        OVERLAP.map((value) => ({ value, label: t(`schedules.overlapping.${value}`) })),
      )}
    </>
  );
}
