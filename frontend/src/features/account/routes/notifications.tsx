import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { ErrorNote } from '@/components/error-note';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Select } from '@/components/select-field';
import { $api, type Schema } from '@/lib/api/client';
import { AccountPage } from '../components/account-page';

type Preference = Schema<'NotificationPreferenceView'>;
const PATH = '/api/v1/me/notification-preferences';

/** Which events reach the person, and by which way. */
export default function Notifications() {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const query = $api.useQuery('get', PATH);
  const { mutate, error } = $api.useMutation('put', '/api/v1/me/notification-preferences/{event}', {
    onSettled: () => queries.invalidateQueries({ queryKey: ['get', PATH] }),
  });
  const change = ({ event, in_app, mail, whose }: Preference, changes: Partial<Preference>) => {
    mutate({ params: { path: { event } }, body: { in_app, mail, whose, ...changes } });
  };
  const textOf = ({ event, text }: Preference) => {
    const key = event.replace('.', '-');
    return t(`notifications.events.${key}`, { defaultValue: text });
  };
  const tick = (preference: Preference, name: 'in_app' | 'mail', label: string) => (
    <input
      type="checkbox"
      aria-label={`${textOf(preference)}: ${label}`}
      checked={preference[name]}
      onChange={({ target }) => {
        change(preference, { [name]: target.checked });
      }}
    />
  );
  const columns: Column<Preference>[] = [
    {
      id: 'event',
      header: t('notifications.event'),
      cell: (row) => <Box sx={{ minWidth: '18ch', py: 1 }}>{textOf(row)}</Box>,
    },
    { id: 'app', header: t('notifications.inApp'), cell: (row) => tick(row, 'in_app', t('notifications.inApp')) },
    { id: 'mail', header: t('notifications.mail'), cell: (row) => tick(row, 'mail', t('notifications.mail')) },
    {
      id: 'whose',
      header: t('notifications.whose'),
      cell: (row) => (
        <Select
          aria-label={`${textOf(row)}: ${t('notifications.whose')}`}
          value={row.whose}
          onChange={(whose) => {
            change(row, { whose: whose as Preference['whose'] });
          }}
          options={[
            { value: 'own', label: t('notifications.own') },
            { value: 'all', label: t('notifications.all') },
          ]}
        />
      ),
    },
  ];
  return (
    <AccountPage title={t('notifications.title')}>
      <Panel flush>
        <ErrorNote error={error} />
        <Loaded query={query}>
          {({ items }) => (
            <DataTable label={t('notifications.title')} columns={columns} rows={items} rowKey={(row) => row.event} />
          )}
        </Loaded>
      </Panel>
    </AccountPage>
  );
}
