import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { SelectField } from '@/components/select-field';
import { useFields } from '@/components/use-fields';
import { $api, type Schema } from '@/lib/api/client';
import { LinkDialog } from './link-dialog';

type Plan = Schema<'TenantPlan'>;
export const PLANS: Plan[] = ['free', 'team', 'unlimited'];

/** A tenant, and the invitation of its owner. */
export function NewTenant({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [plan, setPlan] = useState<Plan>('free');
  const { mutate, isPending, error, data } = $api.useMutation('post', '/api/v1/tenants', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/tenants'] }),
  });
  const { bind, values } = useFields({ name: '', slug: '', owner_email: '' }, { error });
  if (data)
    return (
      <LinkDialog
        title={t('tenants.made', { name: data.tenant.name })}
        link={data.invitation_link ?? undefined}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      title={t('tenants.new')}
      action={t('make')}
      busy={isPending}
      error={error}
      disabled={!Object.values(values).every((value) => value.trim())}
      onConfirm={() => {
        const { name, slug, owner_email } = values;
        mutate({ body: { name: name.trim(), slug: slug.trim(), owner_email: owner_email.trim(), plan } });
      }}
      onClose={onClose}
    >
      <Field label={t('tenants.name')} autoComplete="off" autoFocus {...bind('name')} />
      <Field
        label={t('tenants.slug')}
        hint={t('tenants.slugHint')}
        autoComplete="off"
        {...bind('slug')}
        inputProps={{ dir: 'ltr', spellCheck: false }}
      />
      <Field label={t('tenants.owner')} type="email" autoComplete="off" {...bind('owner_email')} />
      <SelectField
        label={t('tenants.plan')}
        value={plan}
        options={PLANS.map((value) => ({ value, label: t(`tenants.plans.${value}`) }))}
        onChange={(value) => {
          setPlan(value as Plan);
        }}
      />
    </ConfirmDialog>
  );
}
