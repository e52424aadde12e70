import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { Based } from './based';
import { RenameDialog } from './rename-dialog';

type Tenant = Schema<'TenantView'>;
interface Props {
  tenant: Tenant;
  onClose: () => void;
}

function Form({ tenant, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const saving = $api.useMutation('patch', '/api/v1/tenant', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/tenant'] });
    },
  });
  return (
    <RenameDialog
      title={t('settings.rename')}
      label={t('tenants.name')}
      now={tenant.name}
      saving={saving}
      reload={reload}
      onSave={(name) => {
        saving.mutate({ params: { header: ifMatch(tenant.version) }, body: { name } });
      }}
      onClose={onClose}
    />
  );
}

export function RenameTenant({ tenant, onClose }: Props) {
  return (
    <Based row={tenant} load={async () => (await client.GET('/api/v1/tenant')).data}>
      {(base, reload) => <Form tenant={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}
