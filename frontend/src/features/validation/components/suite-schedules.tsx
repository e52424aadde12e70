import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';

const isAbout = (subject: unknown, suiteId: string) =>
  typeof subject === 'object' && subject !== null && 'suite_id' in subject && subject.suite_id === suiteId;

/** When the suite is carried out by itself. */
export function SuiteSchedules({ suite }: { suite: Schema<'SuiteTextView'> }) {
  const { t } = useTranslation('validation');
  const { data } = $api.useQuery('get', '/api/v1/schedules', {
    params: { query: { limit: 200, ...(suite.project_id && { project_id: suite.project_id }) } },
  });
  const own = data?.items.filter(({ kind, subject }) => kind === 'check' && isAbout(subject, suite.suite_id)) ?? [];
  if (own.length === 0) return null;
  return (
    <Panel title={t('schedules')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {own.map(({ schedule_id, name, enabled, cron, time_zone, next_at }) => (
          <Box component="li" key={schedule_id} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1 }}>
            <Link to={`/schedules/${schedule_id}`}>
              <bdi>{name}</bdi>
            </Link>
            {cron && (
              <code dir="ltr">
                {cron} {time_zone}
              </code>
            )}
            {enabled ? <Moment at={next_at} /> : <Status look="off">{t('scheduleOff')}</Status>}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
