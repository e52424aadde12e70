import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import { Alterations } from '@/components/alterations';
import { Certificate } from '../components/certificate';
import { ManualObjects } from '../components/manual-objects';
import { ReportButtons } from '../components/report-buttons';
import { ReportFaults } from '../components/report-faults';
import { ReportTables } from '../components/report-tables';
import type { Report } from '@/lib/api/report';
import { useRun } from '../live/run-context';

/** What was done and what was proven. */
export default function RunReport() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}/report', { params: { path: { run_id: run.run_id } } });
  if (query.error && asApiError(query.error).status === 409) {
    return (
      <Panel>
        <Empty>{t('report.notYet')}</Empty>
      </Panel>
    );
  }
  return (
    <Loaded query={query}>
      {(data) => {
        const report = data as unknown as Report;
        return (
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <ReportButtons report={report} />
            <Certificate report={report} />
            <ReportFaults report={report} />
            <ReportTables report={report} />
            <Alterations report={report} />
            <ManualObjects report={report} />
          </Box>
        );
      }}
    </Loaded>
  );
}
