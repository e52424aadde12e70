import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { GraphView } from '@/components/graph-view';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import { WithAssessment } from '../components/with-assessment';
import type { Assessment } from '../data/assessment';
import { graphOf } from '../data/graph';
import { useTo } from '../data/use-to';

function Diagram({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const { values, set } = useFilters(['table', 'column']);
  const { nodes, edges } = useMemo(
    () =>
      graphOf(assessment, {
        declared: t('reference.declared'),
        found: ({ confidence }) => t('reference.foundSure', { confidence: format.percent(confidence) }),
        columns: (count) => t('diagram.columns', { count, number: format.number(count) }),
      }),
    [assessment, format, t],
  );
  const { table, column } = values;
  const open = table && (
    <ButtonLink variant="outlined" size="small" to={to('tables', { table, ...(column && { column }) })}>
      {t('diagram.open', { table })}
    </ButtonLink>
  );
  if (nodes.length === 0) {
    return (
      <Panel>
        <Empty>{t('tree.noTable')}</Empty>
      </Panel>
    );
  }
  return (
    <Panel title={t('diagram.title')} actions={open} flush>
      <GraphView
        label={t('diagram.title')}
        nodes={nodes}
        edges={edges}
        chosen={table ? { node: table, ...(column && { row: column }) } : undefined}
        onChoose={(spot) => {
          set({ table: spot?.node, column: spot?.row });
        }}
      />
      <Box sx={{ px: 4, pb: 3, color: 'text.secondary' }}>{t('diagram.hint')}</Box>
    </Panel>
  );
}

/** Tables and what ties them together. */
export default function DiagramRoute() {
  return <WithAssessment>{(assessment) => <Diagram assessment={assessment} />}</WithAssessment>;
}
