import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import { whole } from '@/lib/api/progress';
import { NeedsYou } from '../components/needs-you';
import { ProgressHead } from '../components/progress-head';
import { RunError } from '../components/run-error';
import { RunTasks } from '../components/run-tasks';
import { TablesTable } from '../components/tables-table';
import { ThroughputChart } from '../components/throughput-chart';
import { useRun } from '../live/run-context';

export default function RunProgress() {
  const { t } = useTranslation('runs');
  const { run, live: heard } = useRun();
  const over = run.state === 'succeeded' || run.state === 'undone';
  const live = over && heard.progress ? { ...heard, progress: whole(heard.progress) } : heard;
  const drawn = !over || live.rates.length > 1;
  return (
    <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <RunError error={run.error} />
      {live.progress ? (
        <ProgressHead run={run} live={live} />
      ) : (
        <Panel>
          <Empty>{t('notBegun')}</Empty>
        </Panel>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 5,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', ...(drawn && { lg: 'minmax(0, 2fr) minmax(0, 1fr)' }) },
        }}
      >
        {drawn && <ThroughputChart live={live} running={run.state === 'running'} />}
        <NeedsYou run={run} live={live} />
      </Box>
      {live.progress && <TablesTable progress={live.progress} />}
      {run.kind !== 'local' && <RunTasks runId={run.run_id} />}
    </Box>
  );
}
