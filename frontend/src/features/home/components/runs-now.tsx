import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { ProgressBar } from '@/components/progress-bar';
import { RunStateLabel } from '@/components/run-state';
import { ShareDone } from '@/components/share-done';
import { $api, type Schema } from '@/lib/api/client';
import { isProgress, shareDone } from '@/lib/api/progress';

const EVERY_MS = 2000;

function Running({ run }: { run: Schema<'RunView'> }) {
  const share = isProgress(run.progress) ? shareDone(run.progress) : undefined;
  return (
    <Box component="li" sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap' }}>
        <Link to={`/runs/${run.run_id}`} sx={{ fontWeight: 550, flex: 1 }}>
          {run.name || run.run_id}
        </Link>
        <RunStateLabel run={run} />
        <ShareDone run={run} />
      </Box>
      <ProgressBar label={run.name || run.run_id} value={share} still={run.state !== 'running'} />
    </Box>
  );
}

/** Runs at work, and those that wait to begin. */
export function RunsNow() {
  const { t } = useTranslation('home');
  const running = $api.useQuery(
    'get',
    '/api/v1/runs',
    { params: { query: { state: 'running', limit: 10 } } },
    { refetchInterval: ({ state }) => (state.data?.items.length ? EVERY_MS : false) },
  );
  const queued = $api.useQuery('get', '/api/v1/runs', { params: { query: { state: 'queued', limit: 10 } } });
  return (
    <Panel title={t('now.title')}>
      <Loaded query={running}>
        {({ items }) => {
          const all = [...items, ...(queued.data?.items ?? [])];
          if (all.length === 0) return <Empty>{t('now.empty')}</Empty>;
          return (
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 4 }}>
              {all.map((run) => (
                <Running key={run.run_id} run={run} />
              ))}
            </Box>
          );
        }}
      </Loaded>
    </Panel>
  );
}
