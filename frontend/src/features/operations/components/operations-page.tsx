import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { RouteTabs } from '@/components/route-tabs';
import { Beside } from '@/components/side-panel';
import { useMay } from '@/lib/api/me';

interface Props {
  title: string;
  actions?: ReactNode;
  side?: ReactNode;
  children: ReactNode;
}

/** The pages about what runs by itself, as tabs. */
export function OperationsPage({ title, actions, side, children }: Props) {
  const { t } = useTranslation('operations');
  const may = useMay();
  const tabs = [
    { to: '/operations', label: t('schedules.title') },
    { to: '/operations/alerts', label: t('alerts.title'), permission: 'suites.read' },
    { to: '/operations/models', label: t('models.title'), permission: 'models.read' },
    { to: '/operations/lineage', label: t('lineage.title'), permission: 'projects.read' },
    { to: '/operations/windows', label: t('windows.title'), permission: 'connections.read' },
    { to: '/operations/workers', label: t('workers.title'), permission: 'monitor.read' },
    { to: '/operations/tasks', label: t('tasks.title'), permission: 'monitor.read' },
  ].filter(({ permission }) => permission === undefined || may(permission));
  return (
    <Page title={title} crumbs={[{ label: t('nav') }]} actions={actions}>
      <RouteTabs label={t('nav')} tabs={tabs} />
      <Beside side={side}>
        <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>{children}</Box>
      </Beside>
    </Page>
  );
}
