import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { Based } from './based';
import { Consequences } from './consequences';
import { EventTicks } from './event-ticks';

type Channel = Schema<'NotificationChannelView'>;
interface Props {
  channel: Channel;
  onClose: () => void;
}

function Form({ channel, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [enabled, setEnabled] = useState(channel.enabled);
  const [events, setEvents] = useState(channel.events);
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/notification-channels/{channel_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/notification-channels/{channel_id}'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/notification-channels'] });
    },
  });
  const { bind, values } = useFields({ name: channel.name }, { error });
  return (
    <ConfirmDialog
      title={t('channels.change')}
      action={t('save')}
      busy={isPending}
      error={error}
      reload={reload}
      disabled={!values.name.trim()}
      onConfirm={() => {
        const params = { path: { channel_id: channel.channel_id }, header: ifMatch(channel.version) };
        mutate({ params, body: { name: values.name.trim(), enabled, events } });
      }}
      onClose={onClose}
    >
      <Field label={t('channels.name')} autoComplete="off" autoFocus {...bind('name')} />
      <Tick label={t('channels.enabled')} checked={enabled} onChange={setEnabled} />
      <EventTicks chosen={events} onChange={setEvents} />
    </ConfirmDialog>
  );
}

export function ChangeChannel({ channel, onClose }: Props) {
  const path = { channel_id: channel.channel_id };
  const load = async () => (await client.GET('/api/v1/notification-channels/{channel_id}', { params: { path } })).data;
  return (
    <Based row={channel} load={load}>
      {(base, reload) => <Form channel={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}

export function RemoveChannel({ channel, onClose }: Props) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { channel_id: channel.channel_id };
  const waiting = $api.useQuery('get', '/api/v1/notification-channels/{channel_id}/deliveries', {
    params: { path, query: { outcome: 'waiting', limit: 200 } },
  });
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/notification-channels/{channel_id}', {
    onSuccess: async () => {
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/notification-channels'] });
      await navigate('/administration/channels');
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('channels.removeName', { name: channel.name })}
      action={t('remove')}
      busy={isPending}
      error={error}
      disabled={!waiting.data}
      onConfirm={() => {
        mutate({ params: { path, header: ifMatch(channel.version) } });
      }}
      onClose={onClose}
    >
      <Consequences query={waiting}>
        {({ items, next }) => [
          t('channels.willBeSilent'),
          next ? t('channels.manyWaiting') : t('channels.willNotSend', { count: items.length }),
        ]}
      </Consequences>
    </ConfirmDialog>
  );
}
