import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { RunStateLabel } from '@/components/run-state';
import { $api, type Schema } from '@/lib/api/client';

type Run = Schema<'RunView'>;
const MOST = 8;

/** The last runs of the project. */
export function ProjectRuns({ projectId }: { projectId: string }) {
  const { t } = useTranslation('projects');
  const query = $api.useQuery('get', '/api/v1/runs', { params: { query: { project_id: projectId, limit: MOST } } });
  const columns: Column<Run>[] = [
    {
      id: 'name',
      header: t('runs.name'),
      cell: ({ name, run_id }) => <Link to={`/runs/${run_id}`}>{name || run_id}</Link>,
    },
    {
      id: 'kind',
      header: t('runs.kind'),
      wide: true,
      cell: ({ kind }) => t(`runs.kinds.${kind}`, { defaultValue: kind }),
    },
    { id: 'state', header: t('state'), cell: (run) => <RunStateLabel run={run} /> },
    { id: 'by', header: t('by'), wide: true, cell: ({ requested_by_name }) => <Person name={requested_by_name} /> },
    { id: 'at', header: t('runs.at'), end: true, cell: ({ created_at }) => <Moment at={created_at} /> },
  ];
  return (
    <Panel title={t('runs.title')} flush actions={<Link to={`/runs?project=${projectId}`}>{t('runs.all')}</Link>}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('runs.empty')}</Empty>
          ) : (
            <DataTable label={t('runs.title')} columns={columns} rows={items} rowKey={(row) => row.run_id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
