import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { client, once, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { useNotify } from '@/lib/store/store';
import { useSubject } from './alert-subject';

type Alert = Schema<'CheckAlertView'>;
type Act = 'acknowledge' | 'resolve' | 'mute';

const HOUR_MS = 3_600_000;
const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, over: -HOUR_MS } as const;
type Span = keyof typeof SPANS;
const SPAN_NAMES = Object.keys(SPANS) as Span[];
/** What is not muted cannot be ended. */
const UNMUTED = SPAN_NAMES.filter((span) => span !== 'over');

const PATHS = {
  acknowledge: '/api/v1/check-alerts/{alert_id}/acknowledge',
  resolve: '/api/v1/check-alerts/{alert_id}/resolve',
} as const;

function useAct(alert: Alert, act: Act, onDone: () => void) {
  const { t } = useTranslation('check-alerts');
  const subject = useSubject();
  const format = useFormat();
  const notify = useNotify();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ note, span }: { note: string; span: Span }) => {
      const params = { path: { alert_id: alert.alert_id }, header: once() };
      if (act !== 'mute') return client.POST(PATHS[act], { params, body: note.trim() ? { note: note.trim() } : {} });
      const until = new Date(Date.now() + SPANS[span]).toISOString();
      await client.POST('/api/v1/check-alerts/{alert_id}/mute', { params, body: { until } });
      const said =
        span === 'over'
          ? t('unmuted', { check: subject(alert) })
          : t('muted', { check: subject(alert), until: format.dateTime(until) });
      notify('success', said);
      return undefined;
    },
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/check-alerts'] });
    },
  });
}

function ActDialog({ alert, act, onClose }: { alert: Alert; act: Act; onClose: () => void }) {
  const { t } = useTranslation('check-alerts');
  const subject = useSubject();
  const [note, setNote] = useState('');
  const [span, setSpan] = useState<Span>('day');
  const { mutate, isPending, error } = useAct(alert, act, onClose);
  return (
    <ConfirmDialog
      title={t(`act.${act}.title`, { check: subject(alert) })}
      action={t(`act.${act}.action`)}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ note, span });
      }}
      onClose={onClose}
    >
      <Box sx={{ mb: 4 }}>{t(`act.${act}.text`)}</Box>
      {act === 'mute' ? (
        <SelectField
          label={t('howLong')}
          value={span}
          options={(alert.muted_until ? SPAN_NAMES : UNMUTED).map((value) => ({ value, label: t(`spans.${value}`) }))}
          onChange={(value) => {
            setSpan(value as Span);
          }}
        />
      ) : (
        <Field label={t('noteLabel')} value={note} onChange={setNote} inputProps={{ maxLength: 1000 }} />
      )}
    </ConfirmDialog>
  );
}

/** What one can say about an alert. */
export function AlertActions({ alert }: { alert: Alert }) {
  const { t } = useTranslation('check-alerts');
  const subject = useSubject();
  const [open, setOpen] = useState<Act>();
  const offered: Act[] =
    alert.state === 'resolved' ? [] : alert.state === 'open' ? ['acknowledge', 'resolve', 'mute'] : ['resolve', 'mute'];
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: { xs: 'wrap', lg: 'nowrap' },
        justifyContent: { md: 'flex-end' },
        marginInlineStart: { xs: -1, md: 0 },
      }}
    >
      {offered.map((act) => (
        <Button
          key={act}
          size="small"
          aria-label={`${t(`act.${act}.action`)}: ${subject(alert)}`}
          onClick={() => {
            setOpen(act);
          }}
        >
          {t(`act.${act}.action`)}
        </Button>
      ))}
      {open && (
        <ActDialog
          alert={alert}
          act={open}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </Box>
  );
}
