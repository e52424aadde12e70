import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { DialogButton } from '@/components/dialog-button';
import { Empty } from '@/components/empty';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { AdministrationPage } from '../components/administration-page';
import { ChangeTenant } from '../components/change-tenant';
import { NewTenant } from '../components/new-tenant';

type Tenant = Schema<'TenantView'>;

/** All tenants of the instance, for who runs it. */
export default function Tenants() {
  const { t } = useTranslation('administration');
  const query = $api.useInfiniteQuery('get', '/api/v1/tenants', {}, byCursor);
  const columns: Column<Tenant>[] = [
    { id: 'name', header: t('tenants.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'slug', header: t('tenants.slug'), wide: true, cell: ({ slug }) => <code dir="ltr">{slug}</code> },
    { id: 'plan', header: t('tenants.plan'), cell: ({ plan }) => t(`tenants.plans.${plan}`) },
    {
      id: 'state',
      header: t('tenants.state'),
      cell: ({ state }) => <Status look={state === 'active' ? 'good' : 'off'}>{t(`tenants.states.${state}`)}</Status>,
    },
    { id: 'made', header: t('made'), wide: true, end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      id: 'change',
      header: '',
      end: true,
      cell: (tenant) => (
        <DialogButton
          size="small"
          aria-label={t('tenants.changeName', { name: tenant.name })}
          dialog={(close) => <ChangeTenant tenant={tenant} onClose={close} />}
        >
          {t('change')}
        </DialogButton>
      ),
    },
  ];
  const make = (
    <DialogButton variant="contained" dialog={(close) => <NewTenant onClose={close} />}>
      {t('tenants.new')}
    </DialogButton>
  );
  return (
    <AdministrationPage title={t('tenants.title')} actions={make}>
      <Panel flush>
        <PagedTable
          label={t('tenants.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.tenant_id}
          empty={<Empty>{t('nothingFound')}</Empty>}
        />
      </Panel>
    </AdministrationPage>
  );
}
