import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import type { Report } from '@/lib/api/report';
import { CertificateDocument } from '../components/certificate-document';
import { RepairSql } from '../components/repair-sql';
import { ReportButtons } from '../components/report-buttons';
import { useRun } from '../live/run-context';

/** What a migration or a verification proved, on one page. */
export default function RunCertificate() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}/report', { params: { path: { run_id: run.run_id } } });
  if (query.error && asApiError(query.error).status === 409) {
    return (
      <Panel>
        <Empty>{t('certificate.notYet')}</Empty>
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
            <CertificateDocument run={run} report={report} />
            {report.status === 'mismatch' && (
              <Box sx={{ maxWidth: 980, '@media print': { display: 'none' } }}>
                <RepairSql run={run} />
              </Box>
            )}
          </Box>
        );
      }}
    </Loaded>
  );
}
