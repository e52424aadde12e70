import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Note } from '@/components/note';
import { SidePanel } from '@/components/side-panel';
import { Severity } from '@/components/check-alerts/alert-state';
import { useFormat } from '@/lib/format/use-format';
import { subjectOf, type CheckResult } from '../live/results';
import { CheckHistory } from './check-history';
import { ResultStatus } from './result-status';
import { Samples } from './samples';

interface Props {
  check: CheckResult;
  /** Values are kept from who looks. */
  masked: boolean;
  suiteId: string;
  onClose: () => void;
}

/** One check's result: what was found, in which rows, how it was asked, and how it went before. */
export function CheckDetail({ check, masked, suiteId, onClose }: Props) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const subject = subjectOf(check);
  const facts: [string, React.ReactNode][] = [
    [t('checkRun.result'), <ResultStatus key="status" check={check} />],
    [t('found'), check.message ? <bdi key="found">{check.message}</bdi> : '–'],
    [t('allowed'), check.threshold ? <bdi key="allowed">{check.threshold}</bdi> : '–'],
    [t('rowsChecked'), format.number(check.rows_checked)],
    [t('rowsBroken'), format.number(check.rows_broken)],
    [t('members.severity'), <Severity key="severity" severity={check.severity} />],
    [t('members.owner'), check.owner ? <bdi key="owner">{check.owner}</bdi> : '–'],
  ];
  return (
    <SidePanel
      title={t(`kinds.${check.kind}`, { defaultValue: check.kind })}
      lead={<code dir="ltr">{subject || check.name}</code>}
      onClose={onClose}
    >
      {check.description && <Typography sx={{ mb: 3 }}>{check.description}</Typography>}
      <Facts items={facts} />
      {check.fix && <Note tone="warning">{check.fix}</Note>}
      {check.status === 'failed' && <Samples check={check} masked={masked} />}
      <CheckHistory suiteId={suiteId} name={check.name} />
      {check.sql && (
        <Box sx={{ mt: 4 }}>
          <Typography variant="h3">{t('asked')}</Typography>
          <Box
            component="pre"
            dir="ltr"
            tabIndex={0}
            sx={{ m: 0, mt: 1, p: 3, overflow: 'auto', maxHeight: 240, bgcolor: 'sunken', borderRadius: 1 }}
          >
            {check.sql}
          </Box>
        </Box>
      )}
    </SidePanel>
  );
}
