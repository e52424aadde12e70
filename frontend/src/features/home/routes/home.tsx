import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { AtOnce } from '@/components/at-once';
import { Page } from '@/components/page';
import { useMay, useMe } from '@/lib/api/me';
import { useTopic } from '@/lib/realtime/use-topic';
import { Alerts } from '../components/alerts';
import { FirstSteps } from '../components/first-steps';
import { GrantedProjects } from '../components/granted-projects';
import { LastRuns } from '../components/last-runs';
import { RunsNow } from '../components/runs-now';
import { Throughput } from '../components/throughput';
import { Waiting } from '../components/waiting';

/** What runs, what came out, what waits for me. */
export default function Home() {
  const { t } = useTranslation('home');
  const queries = useQueryClient();
  const may = useMay();
  const { data: me } = useMe();
  // What a person may see is drawn in small steps once it is known.
  const known = useDeferredValue(me !== undefined);
  useTopic(me && `tenant:${me.tenant_id}`, ({ type }) => {
    if (type !== 'run.state' && type !== 'resync') return;
    for (const path of ['/api/v1/runs', '/api/v1/approvals', '/api/v1/monitor/rates'])
      void queries.invalidateQueries({ queryKey: ['get', path] });
  });
  return (
    <Page title={me ? t('hello', { name: me.name }) : t('nav')} here={t('nav')}>
      <AtOnce ready={known}>
        <Box
          sx={{
            display: 'grid',
            gap: 5,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' },
            alignItems: 'start',
          }}
        >
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <FirstSteps />
            <GrantedProjects />
            {known && may('runs.read') && <RunsNow />}
            {known && may('runs.read') && <LastRuns />}
          </Box>
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            {known && may('runs.read') && <Waiting />}
            <Alerts />
            {known && may('monitor.read') && <Throughput />}
          </Box>
        </Box>
      </AtOnce>
    </Page>
  );
}
