import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import type { Report } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';
import { CertificateDetails } from './certificate-details';
import { useConnectionName } from './use-connection-name';

const LOOKS: Record<Report['status'], Look> = {
  succeeded: 'good',
  quarantined: 'warning',
  mismatch: 'bad',
  failed: 'bad',
  interrupted: 'paused',
};

/** The verdict in one sentence, of what was compared and what was not. */
function Verdict({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const compared = report.tables.filter(({ verified }) => verified !== 'skipped').length;
  const equal = report.tables.filter(({ verified }) => verified === 'match').length;
  const verdict = report.status === 'succeeded' && compared === 0 ? 'uncompared' : report.status;
  return (
    <Box sx={{ fontSize: '1.1429rem', fontWeight: 600, my: 4, '& span': { whiteSpace: 'normal' } }}>
      <Status look={verdict === 'uncompared' ? 'warning' : LOOKS[verdict]}>
        {t(`verdict.${verdict}`, {
          equal: format.number(equal),
          compared: format.number(compared),
        })}
      </Status>
    </Box>
  );
}

/** What was compared, how and with which outcome: one page to print, to hand over or to keep. */
export function CertificateDocument({ run, report }: { run: Schema<'RunView'>; report: Report }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const source = useConnectionName(run.source_connection_id);
  const target = useConnectionName(run.target_connection_id);
  return (
    <Box
      component="article"
      aria-labelledby="certificate"
      sx={{
        maxWidth: 980,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        p: { xs: 4, sm: 8 },
        '@media print': { border: 0, p: 0, maxWidth: 'none' },
      }}
    >
      <Typography variant="h2" id="certificate" sx={{ fontSize: '1.4286rem' }}>
        {run.kind === 'verify' ? t('certificate.ofVerification') : t('certificate.ofMigration')}
      </Typography>
      <Verdict report={report} />
      <Facts
        items={[
          [t('certificate.plan'), t('certificate.planVersion', { name: run.name, version: run.plan_version })],
          [t('certificate.source'), <bdi key="source">{source}</bdi>],
          [t('certificate.target'), <bdi key="target">{target}</bdi>],
          [t('certificate.begun'), format.dateTime(run.started_at ?? report.started_at)],
          [t('certificate.over'), run.finished_at ? format.dateTime(run.finished_at) : '–'],
          ...(report.moments > 1
            ? ([[t('certificate.moments'), format.number(report.moments)]] as [string, string][])
            : []),
          [t('certificate.askedBy'), <bdi key="by">{run.requested_by_name}</bdi>],
          ...(run.approved_by_name
            ? ([[t('certificate.approvedBy'), run.approved_by_name]] as [string, string][])
            : []),
          [
            t('certificate.run'),
            <code key="run" dir="ltr">
              {run.run_id}
            </code>,
          ],
        ]}
      />
      <CertificateDetails report={report} writes={run.kind === 'run'} />
    </Box>
  );
}
