import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { checkRunPath } from '../live/paths';
import { CheckRunState } from './check-run-state';

type Run = Schema<'CheckRunView'>;

/** How often a suite was carried out, and what came of it. */
export function CheckRuns({ suite }: { suite: Schema<'SuiteTextView'> }) {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/check-runs',
    {
      params: {
        query: { suite_id: suite.suite_id, limit: 20, ...(suite.project_id && { project_id: suite.project_id }) },
      },
    },
    byCursor,
  );
  const count = (id: 'passed' | 'failed' | 'errors'): Column<Run> => ({
    id,
    header: t(`counts.${id}`),
    end: true,
    wide: true,
    cell: (run) => format.number(run[id]),
  });
  const columns: Column<Run>[] = [
    {
      id: 'at',
      header: t('checkRun.at'),
      cell: ({ check_run_id, created_at }) => (
        <Link to={checkRunPath(suite.project_id ?? undefined, check_run_id)}>
          <Moment at={created_at} />
        </Link>
      ),
    },
    { id: 'state', header: t('checkRun.result'), cell: (run) => <CheckRunState run={run} /> },
    count('passed'),
    count('failed'),
    count('errors'),
    {
      id: 'quality',
      header: t('quality'),
      end: true,
      cell: ({ quality }) => (quality === undefined || quality === null ? '–' : format.percent(quality, 2)),
    },
    {
      id: 'seconds',
      header: t('checkRun.took'),
      end: true,
      wide: true,
      cell: ({ seconds }) => format.duration(seconds),
    },
    {
      id: 'by',
      header: t('checkRun.by'),
      wide: true,
      cell: ({ created_by_name }) => <Person name={created_by_name} />,
    },
  ];
  return (
    <Panel title={t('checkRuns')} flush>
      <PagedTable
        label={t('checkRuns')}
        columns={columns}
        query={query}
        rowKey={(row) => row.check_run_id}
        empty={<Empty>{t('noCheckRun')}</Empty>}
      />
    </Panel>
  );
}
