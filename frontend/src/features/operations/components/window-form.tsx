import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { client, ifMatch, once, type Schema } from '@/lib/api/client';
import { EMPTY } from './schedule-values';

type Window = Schema<'WindowView'>;
type Values = Record<'name' | 'cron' | 'time_zone' | 'minutes', string>;
const MODES = ['allow', 'deny'] as const;

interface Props {
  window: Window | undefined;
  connections: readonly Schema<'ConnectionView'>[];
  onClose: () => void;
  onReload: () => void;
}

interface Asked {
  values: Values;
  mode: Schema<'WindowMode'>;
  connection: string;
}

function send(window: Window | undefined, { values, mode, connection }: Asked): Promise<unknown> {
  const body = {
    name: values.name.trim(),
    mode,
    cron: values.cron.trim(),
    time_zone: values.time_zone.trim(),
    minutes: Number(values.minutes),
  };
  if (window)
    return client.PATCH('/api/v1/maintenance-windows/{window_id}', {
      params: { path: { window_id: window.window_id }, header: ifMatch(window.version) },
      body,
    });
  return client.POST('/api/v1/maintenance-windows', {
    params: { header: once() },
    body: { ...body, ...(connection && { connection_id: connection }) },
  });
}

/** What a window is called, when it begins, how long it lasts, and what it means for whom. */
export function WindowForm({ window, connections, onClose, onReload }: Props) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const [mode, setMode] = useState<Schema<'WindowMode'>>(window?.mode === 'deny' ? 'deny' : 'allow');
  const [connection, setConnection] = useState(window?.connection_id ?? '');
  const { mutate, isPending, error } = useMutation({
    mutationFn: (values: Values) => send(window, { values, mode, connection }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/maintenance-windows'] });
    },
  });
  const { bind, submit } = useFields<Values>(
    {
      name: window?.name ?? '',
      cron: window?.cron ?? EMPTY.cron,
      time_zone: window?.time_zone ?? EMPTY.time_zone,
      minutes: String(window?.minutes ?? 120),
    },
    { required: ['name', 'cron', 'time_zone', 'minutes'], error },
  );
  const options = [
    { value: '', label: t('windows.all') },
    ...connections.map(({ connection_id, name }) => ({ value: connection_id, label: name })),
  ];
  const ltr = { dir: 'ltr', spellCheck: false };
  return (
    <>
      <DialogContent>
        <form
          id="window-form"
          noValidate
          onSubmit={submit((values) => {
            mutate(values);
          })}
        >
          <Field label={t('windows.name')} autoFocus {...bind('name')} />
          <SelectField
            label={t('windows.mode')}
            value={mode}
            options={MODES.map((value) => ({ value, label: t(`windows.modes.${value}`) }))}
            onChange={(value) => {
              setMode(value === 'deny' ? 'deny' : 'allow');
            }}
          />
          <Box sx={{ color: 'text.secondary', mt: -3, mb: 4 }}>{t(`windows.means.${mode}`)}</Box>
          {!window && (
            <SelectField
              label={t('windows.connection')}
              value={connection}
              options={options}
              onChange={setConnection}
            />
          )}
          <Field label={t('windows.beginsAt')} hint={t('schedules.cronHint')} {...bind('cron')} inputProps={ltr} />
          <Field label={t('schedules.zone')} {...bind('time_zone')} inputProps={ltr} />
          <Field
            label={t('windows.minutes')}
            type="number"
            {...bind('minutes')}
            inputProps={{ min: 1, max: 10080, dir: 'ltr' }}
          />
          <ErrorNote error={error} {...(window && { reload: onReload })} />
        </form>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" form="window-form" variant="contained" loading={isPending}>
          {t('save')}
        </Button>
      </DialogActions>
    </>
  );
}
