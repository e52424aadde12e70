import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { Based } from './based';
import { PeopleTicks } from './people-ticks';

type Flag = Schema<'FeatureFlagView'>;
const FLAGS = ['get', '/api/v1/feature-flags'];
const EMPTY: Flag = { name: '', text: '', enabled: false, percentage: 100, user_ids: [], version: 0 };

function useFlagForm(flag: Flag, onClose: () => void) {
  const queries = useQueryClient();
  const [enabled, setEnabled] = useState(flag.enabled);
  const [user_ids, setPeople] = useState(flag.user_ids);
  const done = async () => {
    onClose();
    await queries.invalidateQueries({ queryKey: FLAGS });
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/feature-flags/evaluate'] });
  };
  const create = $api.useMutation('post', '/api/v1/feature-flags', { onSuccess: done });
  const change = $api.useMutation('patch', '/api/v1/feature-flags/{name}', { onSuccess: done });
  const error = create.error ?? change.error;
  const initial = { name: flag.name, text: flag.text, percentage: String(flag.percentage) };
  const fields = useFields(initial, { error });
  const percentage = Number(fields.values.percentage);
  const body = { text: fields.values.text.trim(), enabled, percentage, user_ids };
  const save = () => {
    if (flag.version === 0) create.mutate({ body: { name: fields.values.name.trim(), ...body } });
    else change.mutate({ params: { path: { name: flag.name }, header: ifMatch(flag.version) }, body });
  };
  const good = Number.isInteger(percentage) && percentage >= 0 && percentage <= 100;
  return {
    fields,
    enabled,
    setEnabled,
    user_ids,
    setPeople,
    save,
    good,
    error,
    busy: create.isPending || change.isPending,
  };
}

function Form({ flag, onClose, reload }: { flag: Flag; onClose: () => void; reload?: () => void }) {
  const { t } = useTranslation('administration');
  const form = useFlagForm(flag, onClose);
  const isNew = flag.version === 0;
  const { bind, values } = form.fields;
  return (
    <ConfirmDialog
      title={isNew ? t('flags.new') : flag.name}
      action={isNew ? t('make') : t('save')}
      busy={form.busy}
      error={form.error}
      {...(reload && { reload })}
      disabled={!form.good || !values.name.trim()}
      onConfirm={form.save}
      onClose={onClose}
    >
      {isNew && (
        <Field
          label={t('flags.name')}
          hint={t('flags.nameHint')}
          autoComplete="off"
          autoFocus
          {...bind('name')}
          inputProps={{ dir: 'ltr', spellCheck: false }}
        />
      )}
      <Field label={t('flags.text')} {...bind('text')} />
      <Tick
        label={t('flags.enabled')}
        hint={t('flags.enabledHint')}
        checked={form.enabled}
        onChange={form.setEnabled}
      />
      <Field
        label={t('flags.percentage')}
        hint={t('flags.percentageHint')}
        {...bind('percentage')}
        {...(!form.good && { error: t('flags.percentageWrong') })}
        inputProps={{ inputMode: 'numeric' }}
      />
      <PeopleTicks label={t('flags.people')} chosen={form.user_ids} onChange={form.setPeople} />
    </ConfirmDialog>
  );
}

export const NewFlag = ({ onClose }: { onClose: () => void }) => <Form flag={EMPTY} onClose={onClose} />;

export function ChangeFlag({ flag, onClose }: { flag: Flag; onClose: () => void }) {
  const load = async () =>
    (await client.GET('/api/v1/feature-flags/{name}', { params: { path: { name: flag.name } } })).data;
  return (
    <Based row={flag} load={load}>
      {(base, reload) => <Form flag={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}

export function RemoveFlag({ flag, onClose }: { flag: Flag; onClose: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/feature-flags/{name}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: FLAGS });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('flags.removeName', { name: flag.name })}
      action={t('remove')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { name: flag.name }, header: ifMatch(flag.version) } });
      }}
      onClose={onClose}
    >
      {flag.enabled ? t('flags.willBeOff') : t('flags.isOff')}
    </ConfirmDialog>
  );
}
