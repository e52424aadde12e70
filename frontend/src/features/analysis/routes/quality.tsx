import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Panel } from '@/components/panel';
import { Beside } from '@/components/side-panel';
import { QualityOverall } from '../components/quality-overall';
import { QualityTables } from '../components/quality-tables';
import { TableQuality } from '../components/table-quality';
import { WithAssessment } from '../components/with-assessment';
import type { Assessment } from '../data/assessment';

function Quality({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(['table']);
  const chosen = assessment.tables.find(({ name }) => name === values.table);
  const close = () => {
    set({ table: undefined });
  };
  if (!assessment.profiled) {
    return (
      <Panel>
        <Empty>{t('quality.none')}</Empty>
      </Panel>
    );
  }
  return (
    <Beside side={chosen && <TableQuality key={chosen.name} table={chosen} onClose={close} />}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <QualityOverall quality={assessment.quality} />
        <QualityTables tables={assessment.tables} brief={chosen !== undefined} />
      </Box>
    </Beside>
  );
}

/** How good the data is, by dimension, with the formulas. */
export default function QualityRoute() {
  return <WithAssessment>{(assessment) => <Quality assessment={assessment} />}</WithAssessment>;
}
