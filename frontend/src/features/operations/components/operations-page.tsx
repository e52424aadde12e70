import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RouteTabs } from '@/components/route-tabs';
import { useMay } from '@/lib/api/me';

/** The pages about what runs by itself, as tabs. */
export function OperationsPage({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('operations');
  const may = useMay();
  const tabs = [
    { to: '/operations', label: t('schedules.title') },
    ...(may('monitor.read')
      ? [
          { to: '/operations/workers', label: t('workers.title') },
          { to: '/operations/tasks', label: t('tasks.title') },
        ]
      : []),
  ];
  return (
    <Page title={title} crumbs={[{ label: t('nav') }]}>
      <RouteTabs label={t('nav')} tabs={tabs} />
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>{children}</Box>
    </Page>
  );
}
