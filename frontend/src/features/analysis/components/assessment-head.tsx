import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import DownloadIcon from 'lucide-react/icons/download';
import PrintIcon from 'lucide-react/icons/printer';
import { download } from '@/components/download';
import { ErrorNote } from '@/components/error-note';
import { Figures } from '@/components/figures';
import { Panel } from '@/components/panel';
import { client } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { goodShare } from '../data/good-share';
import type { Analysis } from '../data/analyses';
import type { Assessment } from '../data/assessment';

interface Props {
  analysis: Analysis;
  assessment: Assessment;
}

/** The assessment as one page, from the server. */
async function savePage(analysis_id: string) {
  const { data } = await client.GET('/api/v1/analyses/{analysis_id}/assessment.html', {
    params: { path: { analysis_id } },
    parseAs: 'text',
  });
  download(`assessment-${analysis_id}.html`, data as string, 'text/html');
}

function Actions({ analysis: { analysis_id }, assessment }: Props) {
  const { t } = useTranslation('analysis');
  const page = useMutation({ mutationFn: () => savePage(analysis_id) });
  return (
    <Box sx={{ '@media print': { display: 'none' } }}>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
        <Button
          variant="outlined"
          startIcon={<DownloadIcon size={15} />}
          loading={page.isPending}
          onClick={() => {
            page.mutate();
          }}
        >
          {t('report.page')}
        </Button>
        <Button
          variant="outlined"
          startIcon={<DownloadIcon size={15} />}
          onClick={() => {
            download(`assessment-${analysis_id}.json`, JSON.stringify(assessment, null, 2), 'application/json');
          }}
        >
          {t('report.json')}
        </Button>
        <Button
          startIcon={<PrintIcon size={15} />}
          onClick={() => {
            window.print();
          }}
        >
          {t('report.print')}
        </Button>
      </Box>
      <ErrorNote error={page.error} />
    </Box>
  );
}

/** What was looked at, in figures, and the report to keep. */
export function AssessmentHead({ analysis, assessment }: Props) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const { summary } = analysis;
  const { effort, duration, complexity } = assessment;
  const hours = (value: number) => format.number(Math.round(value));
  const into = assessment.target
    ? t('report.into', { system: assessment.system, target: assessment.target })
    : assessment.system;
  return (
    <Panel>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, mb: 4, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 auto', fontWeight: 600 }}>
          <bdi>{into}</bdi>
        </Box>
        <Actions analysis={analysis} assessment={assessment} />
      </Box>
      <Figures
        items={[
          { label: t('figure.tables'), value: format.number(assessment.tables.length) },
          { label: t('figure.rows'), value: format.number(assessment.rows) },
          {
            label: t('figure.size'),
            value: assessment.bytes_known ? format.bytes(assessment.bytes) : t('unknown'),
          },
          {
            label: t('figure.quality'),
            value: assessment.quality.overall === undefined ? '–' : goodShare(format, assessment.quality.overall),
          },
          { label: t('figure.personal'), value: format.number(assessment.personal.columns.length) },
          {
            label: t('figure.complexity'),
            value: t(`complexity.level.${complexity.level}`, { defaultValue: complexity.level }),
          },
          {
            label: t('effort.title'),
            value: t('effort.hours', { hours: hours(effort.hours) }),
            hint: t('effort.range', { low: hours(effort.low), high: hours(effort.high) }),
          },
          { label: t('duration.title'), value: format.duration(duration.seconds) },
        ]}
      />
      {summary !== undefined && summary.failures > 0 && (
        <Box sx={{ color: 'warning.main', mt: 3 }}>
          {t('report.failures', { count: summary.failures, number: format.number(summary.failures) })}
        </Box>
      )}
    </Panel>
  );
}
