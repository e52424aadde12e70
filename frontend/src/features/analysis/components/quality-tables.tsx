import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import type { TableSummary } from '../data/assessment';
import { DIMENSIONS } from '../data/dimensions';
import { useTo } from '../data/use-to';
import { Score } from './score';

/** Worst first; those without a score last. */
const byQuality = (a: TableSummary, b: TableSummary) => (a.quality ?? 2) - (b.quality ?? 2) || b.rows - a.rows;

/** The quality of each table by dimension. */
export function QualityTables({ tables, brief }: { tables: readonly TableSummary[]; brief: boolean }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const columns: Column<TableSummary>[] = [
    {
      id: 'table',
      header: t('figure.table'),
      cell: ({ name }) => (
        <Link to={to('quality', { table: name })}>
          <code>{name}</code>
        </Link>
      ),
    },
    { id: 'overall', header: t('figure.quality'), end: true, cell: ({ quality }) => <Score value={quality} /> },
    ...(brief ? [] : DIMENSIONS).map((dimension) => ({
      id: dimension,
      header: t(`dimension.${dimension}`),
      end: true,
      wide: true,
      cell: ({ scores }: TableSummary) => <Score value={scores.find((each) => each.dimension === dimension)?.score} />,
    })),
  ];
  return (
    <Panel title={t('quality.byTable')} flush>
      <DataTable
        label={t('quality.byTable')}
        columns={columns}
        rows={[...tables].sort(byQuality)}
        rowKey={({ name }) => name}
      />
    </Panel>
  );
}
