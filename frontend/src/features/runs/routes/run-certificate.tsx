import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { CertificateDocument } from '../components/certificate-document';
import { RepairSql } from '../components/repair-sql';
import { WithReport } from '../components/with-report';
import { useRun } from '../live/run-context';

/** What a migration or a verification proved, on one page. */
export default function RunCertificate() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  return (
    <WithReport runId={run.run_id} notYet={t('certificate.notYet')}>
      {(report) => (
        <>
          <CertificateDocument run={run} report={report} />
          {report.status === 'mismatch' && (
            <Box sx={{ maxWidth: 980, '@media print': { display: 'none' } }}>
              <RepairSql run={run} />
            </Box>
          )}
        </>
      )}
    </WithReport>
  );
}
