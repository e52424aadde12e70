import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Panel } from '@/components/panel';
import { ObjectPage } from '../components/object-page';
import { SchemaTree } from '../components/schema-tree';
import { TablePage } from '../components/table-page';
import { WithAssessment } from '../components/with-assessment';
import type { Assessment } from '../data/assessment';
import type { Analysis } from '../data/analyses';
import type { Place } from '../data/tree';

const PLACE = ['table', 'column', 'object'] as const;

function Tables({ assessment, analysis }: { assessment: Assessment; analysis: Analysis }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(PLACE);
  const table = values.table ?? (values.object ? undefined : assessment.tables[0]?.name);
  const place: Place = { ...values, table };
  const choose = ({ table: name, column, object }: Place) => {
    set({ table: name, column, object });
  };
  const detail = () => {
    if (values.object) return <ObjectPage assessment={assessment} object={values.object} />;
    if (table) return <TablePage key={table} analysis={analysis} assessment={assessment} name={table} />;
    return (
      <Panel>
        <Empty>{t('tree.noTable')}</Empty>
      </Panel>
    );
  };
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 5,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '280px minmax(0, 1fr)' },
      }}
    >
      <Box sx={{ position: { md: 'sticky' }, insetBlockStart: 64, minWidth: 0 }}>
        <SchemaTree assessment={assessment} place={place} onChoose={choose} />
      </Box>
      <Box sx={{ minWidth: 0 }}>{detail()}</Box>
    </Box>
  );
}

/** What there is, as a tree, and what was found in the table that is chosen. */
export default function TablesRoute() {
  return (
    <WithAssessment>{(assessment, analysis) => <Tables assessment={assessment} analysis={analysis} />}</WithAssessment>
  );
}
