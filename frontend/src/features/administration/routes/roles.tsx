import { useTranslation } from 'react-i18next';
import CheckIcon from 'lucide-react/icons/check';
import { DataTable, type Column } from '@/components/data-table';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { AdministrationPage } from '../components/administration-page';

type Permission = Schema<'PermissionView'>;

/** Which role may do what: the matrix of the server's own permissions and roles. */
export default function Roles() {
  const { t } = useTranslation('administration');
  const permissions = $api.useQuery('get', '/api/v1/permissions');
  const roles = $api.useQuery('get', '/api/v1/roles');
  const columnOf = ({ role_id, name, permissions: held }: Schema<'RoleView'>): Column<Permission> => ({
    id: role_id,
    header: name,
    cell: (permission) =>
      held.includes(permission.name) ? (
        <CheckIcon size={16} role="img" aria-label={t('roles.yes')} />
      ) : (
        <span aria-label={t('roles.no')} role="img">
          –
        </span>
      ),
  });
  const first: Column<Permission> = {
    id: 'name',
    header: t('roles.permission'),
    cell: ({ name, text }) => (
      <span dir="auto" title={name}>
        {text}
      </span>
    ),
  };
  return (
    <AdministrationPage title={t('roles.title')}>
      <Panel flush>
        <Loaded query={roles}>
          {({ items }) => (
            <Loaded query={permissions}>
              {(known) => (
                <DataTable
                  label={t('roles.title')}
                  columns={[first, ...items.map(columnOf)]}
                  rows={known.items}
                  rowKey={(row) => row.name}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      </Panel>
    </AdministrationPage>
  );
}
