import { useTranslation } from 'react-i18next';
import { Status } from '@/components/status';
import type { Schema } from '@/lib/api/client';

/** Is it on, and did its last moment go well? */
export function ScheduleState({ schedule }: { schedule: Pick<Schema<'ScheduleView'>, 'enabled' | 'last_error'> }) {
  const { t } = useTranslation('operations');
  if (!schedule.enabled) return <Status look="off">{t('schedules.off')}</Status>;
  return schedule.last_error ? (
    <Status look="bad">{t('schedules.troubled')}</Status>
  ) : (
    <Status look="good">{t('schedules.on')}</Status>
  );
}
