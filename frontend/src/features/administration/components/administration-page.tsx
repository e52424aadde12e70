import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RouteTabs } from '@/components/route-tabs';
import { useTabs } from '../lib/use-tabs';

interface Props {
  title: string;
  /** The list that this page is below. */
  above?: { label: string; to: string };
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** The pages about the tenant and its people, as tabs. */
export function AdministrationPage({ title, above, lead, actions, children }: Props) {
  const { t } = useTranslation('administration');
  const tabs = useTabs();
  return (
    <Page title={title} crumbs={[{ label: t('nav') }, ...(above ? [above] : [])]} lead={lead} actions={actions}>
      <RouteTabs label={t('nav')} tabs={tabs} />
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>{children}</Box>
    </Page>
  );
}
