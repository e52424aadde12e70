import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AdministrationPage } from '../components/administration-page';
import { Quotas } from '../components/quotas';
import { RenameTenant } from '../components/rename-tenant';

/** The own tenant: its name, its plan and what that allows. */
export default function Settings() {
  const { t } = useTranslation('administration');
  const mayWrite = useMay()('tenant.write');
  const [renaming, setRenaming] = useState(false);
  const query = $api.useQuery('get', '/api/v1/tenant');
  const rename = mayWrite && query.data && (
    <Button
      variant="outlined"
      onClick={() => {
        setRenaming(true);
      }}
    >
      {t('settings.rename')}
    </Button>
  );
  return (
    <AdministrationPage title={t('settings.title')} actions={rename}>
      <Loaded query={query}>
        {(tenant) => (
          <>
            <Panel title={t('settings.tenant')}>
              <Facts
                items={[
                  [t('tenants.name'), <bdi key="name">{tenant.name}</bdi>],
                  [
                    t('tenants.slug'),
                    <code key="slug" dir="ltr">
                      {tenant.slug}
                    </code>,
                  ],
                  [t('tenants.plan'), t(`tenants.plans.${tenant.plan}`)],
                  [t('made'), <Moment key="made" at={tenant.created_at} />],
                ]}
              />
            </Panel>
            <Panel title={t('quotas.title')}>
              <Quotas quotas={tenant.quotas} />
            </Panel>
          </>
        )}
      </Loaded>
      {renaming && query.data && (
        <RenameTenant
          tenant={query.data}
          onClose={() => {
            setRenaming(false);
          }}
        />
      )}
    </AdministrationPage>
  );
}
