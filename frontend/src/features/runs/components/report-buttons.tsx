import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { download } from '@/components/download';
import type { Report } from '@/lib/api/report';

/** To keep, or to hand over. */
export function ReportButtons({ report }: { report: Report }) {
  const { t } = useTranslation('runs');
  return (
    <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', '@media print': { display: 'none' } }}>
      <Button
        variant="outlined"
        onClick={() => {
          download(`migrateiq-${report.run_id}.json`, JSON.stringify(report, null, 2), 'application/json');
        }}
      >
        {t('report.download')}
      </Button>
      <Button
        onClick={() => {
          window.print();
        }}
      >
        {t('report.print')}
      </Button>
    </Box>
  );
}
