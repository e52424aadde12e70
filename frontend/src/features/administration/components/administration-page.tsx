import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RouteTabs } from '@/components/route-tabs';
import { useMay } from '@/lib/api/me';

/** The pages about the tenant and its people, as tabs. */
export function AdministrationPage({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation('administration');
  const may = useMay();
  const tabs = [
    { to: '/administration', label: t('users.title') },
    { to: '/administration/invitations', label: t('invitations.title') },
    { to: '/administration/roles', label: t('roles.title') },
    ...(may('audit.read') ? [{ to: '/administration/audit', label: t('audit.title') }] : []),
  ];
  return (
    <Page title={title} crumbs={[{ label: t('nav') }]} actions={actions}>
      <RouteTabs label={t('nav')} tabs={tabs} />
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>{children}</Box>
    </Page>
  );
}
