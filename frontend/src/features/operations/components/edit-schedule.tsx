import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { ScheduleFields } from './schedule-fields';
import { bodyOf, requiredOf, valuesOf } from './schedule-values';

type Schedule = Schema<'ScheduleView'>;
const PATH = '/api/v1/schedules/{schedule_id}';
const KINDS = ['run', 'rehearse', 'verify'] as const;
type Kind = (typeof KINDS)[number];

interface Props {
  schedule: Schedule;
  onClose: () => void;
  onReload: () => void;
}

function Form({ schedule, onClose, onReload }: Props) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [kind, setKind] = useState(schedule.kind);
  const [confirmed, setConfirmed] = useState(false);
  const [when, setWhen] = useState(schedule.once_at ? 'once' : 'cron');
  const preview = $api.useQuery(
    'get',
    '/api/v1/runs/preview',
    { params: { query: { plan_id: schedule.plan_id } } },
    { enabled: schedule.plan_id !== '' && kind === 'run' },
  );
  const { mutate, isPending, error } = $api.useMutation('patch', PATH, {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', PATH] });
    },
  });
  const { bind, submit, values, set } = useFields(valuesOf(schedule), { required: requiredOf(when), error });
  const destroys = kind === 'run' && !schedule.confirmed && preview.data?.destructive === true;
  return (
    <>
      <DialogContent>
        <form
          id="edit-schedule"
          noValidate
          onSubmit={submit((given) => {
            mutate({
              params: { path: { schedule_id: schedule.schedule_id }, header: ifMatch(schedule.version) },
              body: {
                ...bodyOf(given),
                ...(kind !== schedule.kind && { kind: kind as Kind }),
                ...(destroys && confirmed && { confirm: true }),
              },
            });
          })}
        >
          <Field label={t('schedules.name')} autoFocus {...bind('name')} />
          {schedule.plan_id && (
            <SelectField
              label={t('schedules.kind')}
              value={kind}
              options={KINDS.map((value) => ({ value, label: t(`schedules.kinds.${value}`) }))}
              onChange={setKind}
            />
          )}
          <ScheduleFields
            values={values}
            bind={bind}
            set={(changes) => {
              if (changes.when) setWhen(changes.when);
              set(changes);
            }}
          />
          {destroys && <Tick label={t('schedules.confirm')} checked={confirmed} onChange={setConfirmed} />}
          <ErrorNote error={error} reload={onReload} />
        </form>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button
          type="submit"
          form="edit-schedule"
          variant="contained"
          loading={isPending}
          disabled={destroys && !confirmed}
        >
          {t('save')}
        </Button>
      </DialogActions>
    </>
  );
}

/** Other moments, or another name; who changes it answers for what it starts from then on. */
export function EditSchedule({ schedule, onClose }: { schedule: Schedule; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  // What stands in the form is based on one version; another one comes only by asking for it.
  const [base, setBase] = useState(schedule);
  const reload = async () => {
    const options = $api.queryOptions('get', PATH, { params: { path: { schedule_id: base.schedule_id } } });
    setBase(await queries.fetchQuery({ ...options, staleTime: 0 }));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="edit-schedule-title" fullWidth maxWidth="sm">
      <DialogTitle id="edit-schedule-title">{t('schedules.editTitle', { name: base.name })}</DialogTitle>
      <Form key={base.version} schedule={base} onClose={onClose} onReload={() => void reload()} />
    </Dialog>
  );
}
