import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { DialogButton } from '@/components/dialog-button';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { AdministrationPage } from '../components/administration-page';
import { NewChannel } from '../components/new-channel';

type Channel = Schema<'NotificationChannelView'>;

function useColumns(): Column<Channel>[] {
  const { t } = useTranslation('administration');
  const format = useFormat();
  return [
    {
      id: 'name',
      header: t('channels.name'),
      cell: ({ channel_id, name }) => (
        <Link to={`/administration/channels/${channel_id}`}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { id: 'kind', header: t('channels.kind'), cell: ({ kind }) => t(`channels.kinds.${kind}`) },
    {
      id: 'target',
      header: t('channels.target'),
      wide: true,
      cell: ({ target }) => (
        <code dir="ltr" style={{ overflowWrap: 'anywhere' }}>
          {target}
        </code>
      ),
    },
    {
      id: 'events',
      header: t('channels.events'),
      wide: true,
      end: true,
      cell: ({ events }) => (events.length === 0 ? t('channels.all') : format.number(events.length)),
    },
    {
      id: 'state',
      header: t('channels.state'),
      cell: ({ enabled }) => (
        <Status look={enabled ? 'good' : 'off'}>{enabled ? t('flags.on') : t('flags.off')}</Status>
      ),
    },
  ];
}

/** Where notifications go besides the app and people's own mail. */
export default function Channels() {
  const { t } = useTranslation('administration');
  const query = $api.useQuery('get', '/api/v1/notification-channels');
  const columns = useColumns();
  const make = (
    <DialogButton variant="contained" dialog={(close) => <NewChannel onClose={close} />}>
      {t('channels.new')}
    </DialogButton>
  );
  return (
    <AdministrationPage title={t('channels.title')} actions={make}>
      <Panel flush>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('channels.empty')}</Empty>
            ) : (
              <DataTable label={t('channels.title')} columns={columns} rows={items} rowKey={(row) => row.channel_id} />
            )
          }
        </Loaded>
      </Panel>
    </AdministrationPage>
  );
}
