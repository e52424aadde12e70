import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Facts } from '@/components/facts';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, client, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import { AdministrationPage } from '../components/administration-page';
import { ChangeButtons } from '../components/change-buttons';
import { ChangeChannel, RemoveChannel } from '../components/channel-dialogs';
import { Deliveries, DELIVERIES } from '../components/deliveries';

type Channel = Schema<'NotificationChannelView'>;

function Buttons({ channel }: { channel: Channel }) {
  const { t } = useTranslation('administration');
  return (
    <ChangeButtons
      change={t('change')}
      changing={(close) => <ChangeChannel channel={channel} onClose={close} />}
      removing={(close) => <RemoveChannel channel={channel} onClose={close} />}
    />
  );
}

function About({ channel }: { channel: Channel }) {
  const { t } = useTranslation('administration');
  const notify = useNotify();
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () =>
      client.POST('/api/v1/notification-channels/{channel_id}/test', {
        params: { path: { channel_id: channel.channel_id } },
      }),
    onSuccess: () => {
      notify('success', t('channels.tested'));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: DELIVERIES }),
  });
  const preferences = $api.useQuery('get', '/api/v1/me/notification-preferences');
  const textOf = (name: string) => preferences.data?.items.find(({ event }) => event === name)?.text ?? name;
  const events = channel.events.map((name) => (
    <div key={name} dir="auto">
      {textOf(name)}
    </div>
  ));
  return (
    <Panel
      title={t('channels.one')}
      actions={
        <Button
          variant="outlined"
          loading={test.isPending}
          onClick={() => {
            test.mutate();
          }}
        >
          {t('channels.test')}
        </Button>
      }
    >
      <ErrorNote error={test.error} />
      <Facts
        items={[
          [t('channels.kind'), t(`channels.kinds.${channel.kind}`)],
          [
            t(`channels.targets.${channel.kind}`),
            <code dir="ltr" key="target">
              {channel.target}
            </code>,
          ],
          [
            t('channels.state'),
            <Status key="state" look={channel.enabled ? 'good' : 'off'}>
              {channel.enabled ? t('flags.on') : t('flags.off')}
            </Status>,
          ],
          [t('channels.events'), events.length > 0 ? events : t('channels.all')],
          [t('made'), <Moment key="made" at={channel.created_at} />],
        ]}
      />
    </Panel>
  );
}

/** One way out of the app, what went it, and what did not arrive. */
export default function ChannelPage() {
  const { t } = useTranslation('administration');
  const { channelId = '' } = useParams();
  const query = $api.useQuery('get', '/api/v1/notification-channels/{channel_id}', {
    params: { path: { channel_id: channelId } },
  });
  const above = { label: t('channels.title'), to: '/administration/channels' };
  return (
    <AdministrationPage
      title={query.data?.name ?? t('channels.one')}
      above={above}
      actions={query.data && <Buttons channel={query.data} />}
    >
      <Loaded query={query}>
        {(channel) => (
          <>
            <About channel={channel} />
            <Deliveries channel_id={channel.channel_id} />
          </>
        )}
      </Loaded>
    </AdministrationPage>
  );
}
