import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Figures } from '@/components/figures';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import { total, type Report } from '@/lib/api/report';

const LOOKS: Record<Report['status'], Look> = {
  succeeded: 'good',
  failed: 'bad',
  quarantined: 'warning',
  mismatch: 'bad',
  interrupted: 'paused',
};

/** The verdict: what was compared and how it came out. */
export function Certificate({ report }: { report: Report }) {
  const { t } = useTranslation(['runs', 'common']);
  const format = useFormat();
  const equal = report.tables.filter(({ verified }) => verified === 'match').length;
  const compared = report.tables.filter(({ verified }) => verified !== 'skipped').length;
  return (
    <Panel title={report.rehearsal ? t('report.rehearsal') : t('report.title')}>
      <Box sx={{ mb: 4 }}>
        <Status look={LOOKS[report.status]}>{t(`common:result.${report.status}`)}</Status>
      </Box>
      <Figures
        items={[
          {
            label: t('report.equal'),
            value: t('rowsOf', { done: format.number(equal), total: format.number(compared) }),
            hint: t('report.equalHint'),
          },
          { label: t('report.read'), value: format.number(total(report, 'rows_read')) },
          { label: t('report.written'), value: format.number(total(report, 'rows_written')) },
          { label: t('report.quarantined'), value: format.number(total(report, 'rows_quarantined')) },
          { label: t('volume'), value: format.bytes(total(report, 'bytes')) },
          {
            label: t('elapsed'),
            value: format.duration(report.seconds),
            hint: report.moments > 1 ? t('report.moments', { moments: format.number(report.moments) }) : undefined,
          },
          ...(report.expected_seconds === undefined
            ? []
            : [{ label: t('report.expected'), value: format.duration(report.expected_seconds) }]),
        ]}
      />
      {report.notes.length > 0 && (
        <ul dir="auto">
          {report.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
