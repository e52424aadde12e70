import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { $api, type Schema } from '@/lib/api/client';

const suiteOf = (subject: unknown) =>
  typeof subject === 'object' && subject !== null && 'suite_id' in subject && typeof subject.suite_id === 'string'
    ? subject.suite_id
    : undefined;

/** What a schedule is about: the suite, or the plan in its project. */
export function ScheduleAbout({ schedule }: { schedule: Schema<'ScheduleView'> }) {
  const { t } = useTranslation('operations');
  const suiteId = suiteOf(schedule.subject);
  const suite = $api.useQuery(
    'get',
    '/api/v1/suites/{suite_id}',
    { params: { path: { suite_id: suiteId ?? '' } } },
    { enabled: suiteId !== undefined },
  );
  const plan = $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}',
    { params: { path: { plan_id: schedule.plan_id } } },
    { enabled: schedule.plan_id !== '' },
  );
  if (suiteId)
    return (
      <Link to={`/suites/${suiteId}`}>
        <bdi>{suite.data ? t('schedules.suite', { name: suite.data.name }) : suiteId}</bdi>
      </Link>
    );
  if (!schedule.plan_id) return <>–</>;
  return (
    <Link to={schedule.project_id ? `/projects/${schedule.project_id}` : '/projects'}>
      <bdi>{plan.data ? t('schedules.plan', { name: plan.data.name }) : schedule.plan_id}</bdi>
    </Link>
  );
}
