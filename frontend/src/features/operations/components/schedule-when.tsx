import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

/** Its moments: a cron expression with its zone, or the one moment. */
export function ScheduleWhen({
  schedule,
}: {
  schedule: Pick<Schema<'ScheduleView'>, 'cron' | 'time_zone' | 'once_at'>;
}) {
  const { t } = useTranslation('operations');
  const format = useFormat();
  if (schedule.once_at) return <>{t('schedules.once', { at: format.dateTime(schedule.once_at) })}</>;
  return (
    <code dir="ltr">
      {schedule.cron} {schedule.time_zone}
    </code>
  );
}
