import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { AdministrationPage } from '../components/administration-page';
import { UserDialog } from '../components/user-dialog';

type User = Schema<'UserView'>;
const STATES: Schema<'UserState'>[] = ['active', 'disabled'];

export default function Users() {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('users.write');
  const [chosen, setChosen] = useState<User>();
  const { values, set } = useFilters(['state']);
  const filter = values.state ? { state: values.state as Schema<'UserState'> } : {};
  const query = $api.useInfiniteQuery('get', '/api/v1/users', { params: { query: filter } }, byCursor);
  const columns: Column<User>[] = [
    { id: 'name', header: t('users.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'email', header: t('users.email'), wide: true, cell: ({ email }) => <bdi>{email}</bdi> },
    { id: 'roles', header: t('users.roles'), cell: ({ roles }) => roles.join(', ') || '–' },
    {
      id: 'state',
      header: t('users.state'),
      cell: ({ state }) => <Status look={state === 'active' ? 'good' : 'off'}>{t(`users.states.${state}`)}</Status>,
    },
    {
      id: 'seen',
      header: t('users.seen'),
      wide: true,
      end: true,
      cell: ({ last_login_at }) => <Moment at={last_login_at} />,
    },
    ...(mayWrite
      ? [
          {
            id: 'edit',
            header: '',
            end: true,
            cell: (user: User) => (
              <Button
                size="small"
                aria-label={t('users.editName', { name: user.name })}
                onClick={() => {
                  setChosen(user);
                }}
              >
                {t('users.edit')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  const states = [
    { value: '', label: t('any') },
    ...STATES.map((value) => ({ value, label: t(`users.states.${value}`) })),
  ];
  return (
    <AdministrationPage title={t('users.title')}>
      <div>
        <Filter
          choices={[
            {
              name: 'state',
              label: t('users.state'),
              value: values.state,
              onChange: (state) => {
                set({ state });
              },
              options: states,
            },
          ]}
        />
        <Panel flush>
          <PagedTable
            label={t('users.title')}
            columns={columns}
            query={query}
            rowKey={(row) => row.user_id}
            empty={<Empty>{t('nothingFound')}</Empty>}
          />
        </Panel>
      </div>
      {chosen && (
        <UserDialog
          key={chosen.user_id}
          user={chosen}
          onClose={() => {
            setChosen(undefined);
          }}
        />
      )}
    </AdministrationPage>
  );
}
