import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api } from '@/lib/api/client';

const GRAVE = new Set(['run.failed', 'schedule.failed', 'suite.failed']);

/** What went wrong and was not read yet. */
export function Alerts() {
  const { t } = useTranslation('home');
  const query = $api.useQuery('get', '/api/v1/notifications', { params: { query: { limit: 30 } } });
  return (
    <Panel title={t('alerts.title')}>
      <Loaded query={query}>
        {({ items }) => {
          const grave = items.filter(({ event, read_at }) => !read_at && GRAVE.has(event));
          if (grave.length === 0) return <Status look="good">{t('alerts.nothing')}</Status>;
          return (
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
              {grave.map(({ notification_id, title, link, created_at }) => (
                <li key={notification_id}>
                  <Status look="bad">
                    <Link to={new URL(link, location.origin).pathname} dir="auto">
                      {title}
                    </Link>
                  </Status>{' '}
                  <Moment at={created_at} />
                </li>
              ))}
            </Box>
          );
        }}
      </Loaded>
    </Panel>
  );
}
