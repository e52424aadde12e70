import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { useFormat } from '@/lib/format/use-format';
import { AnalysisState } from '../components/analysis-state';
import { RemoveAnalysis } from '../components/remove-analysis';
import type { Analysis } from '../data/analyses';
import { useAnalysisContext } from '../data/context';
import { goodShare } from '../data/good-share';
import { useTo } from '../data/use-to';

/** All analyses of the project, newest first. */
export default function AllAnalyses() {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const { analyses } = useAnalysisContext();
  const figure = (value: number | undefined) => (value === undefined ? '–' : format.number(value));
  const columns: Column<Analysis>[] = [
    {
      id: 'name',
      header: t('all.name'),
      cell: ({ analysis_id, name }) => (
        <Link to={to('', { analysis: analysis_id })}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    { id: 'state', header: t('all.state'), cell: (analysis) => <AnalysisState analysis={analysis} /> },
    { id: 'connection', header: t('all.connection'), wide: true, cell: ({ connection }) => <bdi>{connection}</bdi> },
    {
      id: 'depth',
      header: t('all.depth'),
      wide: true,
      cell: ({ options }) => (options.full ? t('depth.full') : t('depth.sample')),
    },
    { id: 'tables', header: t('figure.tables'), end: true, wide: true, cell: ({ summary }) => figure(summary?.tables) },
    { id: 'rows', header: t('figure.rows'), end: true, wide: true, cell: ({ summary }) => figure(summary?.rows) },
    {
      id: 'quality',
      header: t('figure.quality'),
      end: true,
      wide: true,
      cell: ({ summary }) => (summary?.quality === undefined ? '–' : goodShare(format, summary.quality)),
    },
    { id: 'by', header: t('all.by'), wide: true, cell: ({ created_by_name }) => <Person name={created_by_name} /> },
    { id: 'when', header: t('all.when'), end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    { id: 'remove', header: '', end: true, cell: (analysis) => <RemoveAnalysis analysis={analysis} /> },
  ];
  return (
    <Panel title={t('page.all')} flush>
      {analyses.length === 0 ? (
        <Empty>{t('empty')}</Empty>
      ) : (
        <DataTable label={t('page.all')} columns={columns} rows={analyses} rowKey={({ analysis_id }) => analysis_id} />
      )}
    </Panel>
  );
}
