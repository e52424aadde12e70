import { useTranslation } from 'react-i18next';
import { AlertList } from '@/components/check-alerts/alert-list';
import { OperationsPage } from '../components/operations-page';

/** Checks of all projects that want attention. */
export default function Alerts() {
  const { t } = useTranslation('operations');
  return (
    <OperationsPage title={t('alerts.title')}>
      <AlertList title={t('alerts.all')} />
    </OperationsPage>
  );
}
