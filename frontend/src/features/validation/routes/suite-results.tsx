import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { AlertList } from '@/components/check-alerts/alert-list';
import { CheckRuns } from '../components/check-runs';
import { SuiteFrame } from '../components/suite-frame';
import { SuiteSchedules } from '../components/suite-schedules';
import { SuiteTrend } from '../components/suite-trend';

/** How a suite came out over time, and what wants attention. */
export default function SuiteResults() {
  const { t } = useTranslation('validation');
  return (
    <SuiteFrame>
      {(suite) => (
        <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <SuiteTrend suiteId={suite.suite_id} />
          <CheckRuns suite={suite} />
          <AlertList suiteId={suite.suite_id} projectId={suite.project_id ?? undefined} title={t('alerts')} />
          <SuiteSchedules suite={suite} />
        </Box>
      )}
    </SuiteFrame>
  );
}
