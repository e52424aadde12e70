import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RouteTabs } from '@/components/route-tabs';
import { useMay } from '@/lib/api/me';

/** The pages about oneself, as tabs. */
export function AccountPage({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('account');
  const may = useMay();
  const tabs = [
    { to: '/account', label: t('profile.title') },
    { to: '/account/security', label: t('security.title') },
    ...(may('keys.write') ? [{ to: '/account/keys', label: t('keys.title') }] : []),
    { to: '/account/notifications', label: t('notifications.title') },
  ];
  return (
    <Page title={title} crumbs={[{ label: t('title') }]} actions={actions}>
      <RouteTabs label={t('title')} tabs={tabs} />
      <Box sx={{ display: 'grid', gap: 5 }}>{children}</Box>
    </Page>
  );
}
