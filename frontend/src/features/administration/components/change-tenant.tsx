import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { Note } from '@/components/note';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { Based } from './based';
import { PLANS } from './new-tenant';

type Tenant = Schema<'TenantView'>;
type Limits = 'keep' | 'plan' | 'own';
const STATES: Schema<'TenantState'>[] = ['active', 'suspended'];
const LIMITS: Limits[] = ['keep', 'plan', 'own'];
interface Props {
  tenant: Tenant;
  onClose: () => void;
}

const isCount = (text: string) => /^\d{1,10}$/.test(text.trim()) && Number(text) <= 1_000_000_000;

/** Only what was changed is sent; limits of one's own are sent whole, for they take the place of all before. */
function useTenantForm(tenant: Tenant, onClose: () => void) {
  const queries = useQueryClient();
  const [plan, setPlan] = useState(tenant.plan);
  const [state, setState] = useState(tenant.state);
  const [limits, setLimits] = useState<Limits>('keep');
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/tenants/{tenant_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/tenants'] });
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/tenant'] });
    },
  });
  const name = useFields({ name: tenant.name }, { error });
  const quotas = useFields(
    Object.fromEntries(Object.entries(tenant.quotas).map(([quota, limit]) => [quota, String(limit)])),
    { error },
  );
  const own = Object.fromEntries(Object.entries(quotas.values).map(([quota, text]) => [quota, Number(text)]));
  const save = () => {
    const body = {
      ...(name.values.name.trim() !== tenant.name && { name: name.values.name.trim() }),
      ...(plan !== tenant.plan && { plan }),
      ...(state !== tenant.state && { state }),
      ...(limits !== 'keep' && { quotas: limits === 'own' ? own : {} }),
    };
    mutate({ params: { path: { tenant_id: tenant.tenant_id }, header: ifMatch(tenant.version) }, body });
  };
  const good = Boolean(name.values.name.trim()) && (limits !== 'own' || Object.values(quotas.values).every(isCount));
  return { plan, setPlan, state, setState, limits, setLimits, name, quotas, save, good, error, busy: isPending };
}

function Form({ tenant, onClose, reload }: Props & { reload: () => void }) {
  const { t } = useTranslation('administration');
  const form = useTenantForm(tenant, onClose);
  const suspends = form.state === 'suspended' && tenant.state === 'active';
  return (
    <ConfirmDialog
      title={t('tenants.changeName', { name: tenant.name })}
      action={t('save')}
      dangerous={suspends}
      typed={suspends ? tenant.slug : undefined}
      busy={form.busy}
      error={form.error}
      reload={reload}
      disabled={!form.good}
      onConfirm={form.save}
      onClose={onClose}
    >
      <Field label={t('tenants.name')} autoComplete="off" {...form.name.bind('name')} />
      <SelectField
        label={t('tenants.plan')}
        value={form.plan}
        options={PLANS.map((value) => ({ value, label: t(`tenants.plans.${value}`) }))}
        onChange={(value) => {
          form.setPlan(value as Tenant['plan']);
        }}
      />
      <SelectField
        label={t('tenants.limits')}
        value={form.limits}
        options={LIMITS.map((value) => ({ value, label: t(`tenants.limitsOf.${value}`) }))}
        onChange={(value) => {
          form.setLimits(value as Limits);
        }}
      />
      {form.limits === 'own' &&
        Object.keys(tenant.quotas).map((quota) => (
          <Field
            key={quota}
            label={t(`quotas.of.${quota}`, { defaultValue: quota })}
            {...form.quotas.bind(quota)}
            {...(!isCount(form.quotas.values[quota] ?? '') && { error: t('quotas.wrong') })}
            inputProps={{ inputMode: 'numeric', dir: 'ltr' }}
          />
        ))}
      <SelectField
        label={t('tenants.state')}
        value={form.state}
        options={STATES.map((value) => ({ value, label: t(`tenants.states.${value}`) }))}
        onChange={(value) => {
          form.setState(value as Tenant['state']);
        }}
      />
      {suspends && <Note tone="warning">{t('tenants.willSuspend', { name: tenant.name })}</Note>}
    </ConfirmDialog>
  );
}

export function ChangeTenant({ tenant, onClose }: Props) {
  const path = { tenant_id: tenant.tenant_id };
  const load = async () => (await client.GET('/api/v1/tenants/{tenant_id}', { params: { path } })).data;
  return (
    <Based row={tenant} load={load}>
      {(base, reload) => <Form tenant={base} onClose={onClose} reload={reload} />}
    </Based>
  );
}
