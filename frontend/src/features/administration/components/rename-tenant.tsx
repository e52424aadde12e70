import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { Based } from './based';

type Tenant = Schema<'TenantView'>;
interface Props {
  tenant: Tenant;
  onClose: () => void;
}

function Form({ tenant, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/tenant', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/tenant'] });
    },
  });
  const { bind, values } = useFields({ name: tenant.name }, { error });
  return (
    <ConfirmDialog
      title={t('settings.rename')}
      action={t('save')}
      busy={isPending}
      error={error}
      reload={reload}
      disabled={!values.name.trim()}
      onConfirm={() => {
        mutate({ params: { header: ifMatch(tenant.version) }, body: { name: values.name.trim() } });
      }}
      onClose={onClose}
    >
      <Field label={t('tenants.name')} autoComplete="off" autoFocus {...bind('name')} />
    </ConfirmDialog>
  );
}

export function RenameTenant({ tenant, onClose }: Props) {
  return (
    <Based row={tenant} load={async () => (await client.GET('/api/v1/tenant')).data}>
      {(base, reload) => <Form tenant={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}
