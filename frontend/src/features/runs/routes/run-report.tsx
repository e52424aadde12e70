import { useTranslation } from 'react-i18next';
import { Alterations } from '@/components/alterations';
import { Certificate } from '../components/certificate';
import { ManualObjects } from '../components/manual-objects';
import { ReportFaults } from '../components/report-faults';
import { ReportTables } from '../components/report-tables';
import { WithReport } from '../components/with-report';
import { useRun } from '../live/run-context';

/** What was done and what was proven. */
export default function RunReport() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  return (
    <WithReport runId={run.run_id} notYet={t('report.notYet')}>
      {(report) => (
        <>
          <Certificate report={report} />
          <ReportFaults report={report} />
          <ReportTables report={report} />
          <Alterations report={report} />
          <ManualObjects report={report} />
        </>
      )}
    </WithReport>
  );
}
