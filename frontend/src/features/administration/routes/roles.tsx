import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DialogButton } from '@/components/dialog-button';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AdministrationPage } from '../components/administration-page';
import { OwnRoles } from '../components/own-roles';
import { PermissionMatrix, type Draft } from '../components/permission-matrix';
import { NewRole } from '../components/role-dialogs';
import { SaveMatrix } from '../components/save-matrix';

/** Which role may do what: the matrix of the server's own permissions and roles; own roles are changed in it. */
export default function Roles() {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('roles.write');
  const permissions = $api.useQuery('get', '/api/v1/permissions');
  const roles = $api.useQuery('get', '/api/v1/roles');
  const [draft, setDraft] = useState<Draft>({});
  const make = mayWrite && (
    <DialogButton variant="contained" dialog={(close) => <NewRole roles={roles.data?.items ?? []} onClose={close} />}>
      {t('roles.new')}
    </DialogButton>
  );
  return (
    <AdministrationPage title={t('roles.title')} actions={make}>
      {mayWrite && roles.data && <OwnRoles roles={roles.data.items.filter(({ built_in }) => !built_in)} />}
      <Panel flush>
        <Loaded query={roles}>
          {({ items }) => (
            <Loaded query={permissions}>
              {(known) => (
                <PermissionMatrix
                  permissions={known.items}
                  roles={items}
                  draft={draft}
                  onChange={mayWrite ? setDraft : undefined}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      </Panel>
      {roles.data && <SaveMatrix roles={roles.data.items} draft={draft} onChange={setDraft} />}
    </AdministrationPage>
  );
}
