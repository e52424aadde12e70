import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, type Schema } from '@/lib/api/client';
import { EventTicks } from './event-ticks';
import { OneTime } from './one-time';

type Kind = Schema<'ChannelKind'>;
const KINDS: Kind[] = ['webhook', 'email'];

/** A webhook or an address; what a webhook is signed with is shown once. */
export function NewChannel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState<Kind>('webhook');
  const [events, setEvents] = useState<string[]>([]);
  const { mutate, isPending, error, data } = $api.useMutation('post', '/api/v1/notification-channels', {
    onSuccess: async ({ channel, secret }) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/notification-channels'] });
      if (!secret) await navigate(`/administration/channels/${channel.channel_id}`);
    },
  });
  const { bind, values } = useFields({ name: '', target: '' }, { error });
  if (data?.secret)
    return (
      <OneTime
        title={t('channels.made', { name: data.channel.name })}
        text={t('channels.secret')}
        secret={data.secret}
        onClose={() => void navigate(`/administration/channels/${data.channel.channel_id}`)}
      />
    );
  return (
    <ConfirmDialog
      title={t('channels.new')}
      action={t('make')}
      busy={isPending}
      error={error}
      disabled={!values.name.trim() || !values.target.trim()}
      onConfirm={() => {
        mutate({ body: { kind, name: values.name.trim(), target: values.target.trim(), events } });
      }}
      onClose={onClose}
    >
      <SelectField
        label={t('channels.kind')}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`channels.kinds.${value}`) }))}
        onChange={(value) => {
          setKind(value as Kind);
        }}
      />
      <Field label={t('channels.name')} autoComplete="off" {...bind('name')} />
      <Field
        label={t(`channels.targets.${kind}`)}
        hint={t(`channels.targetHints.${kind}`)}
        autoComplete="off"
        {...bind('target')}
        inputProps={{ dir: 'ltr', spellCheck: false }}
      />
      <EventTicks chosen={events} onChange={setEvents} />
    </ConfirmDialog>
  );
}
