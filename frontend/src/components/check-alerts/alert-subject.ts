import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

type Alert = Schema<'CheckAlertView'>;

/** What an alert is about, as people call it: a check, or a figure of the runs of a plan. */
export function useSubject() {
  const { t } = useTranslation('check-alerts');
  return ({ check, measure = '' }: Alert) => check ?? t(`measures.${measure}`, { defaultValue: measure });
}

/** Where the result that raised it stands. */
export function placeOf({ source, project_id, check_run_id = '', run_id = '', check = '' }: Alert) {
  if (source === 'run') return `/runs/${run_id}`;
  const page = project_id ? `/projects/${project_id}/validation/runs/${check_run_id}` : `/check-runs/${check_run_id}`;
  return `${page}?check=${encodeURIComponent(check)}`;
}
