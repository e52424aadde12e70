import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';

type Plan = Schema<'PlanView'>;

/** Names of connections by their id, of those one may see. */
function useConnectionNames() {
  const may = useMay();
  const { data } = $api.useQuery(
    'get',
    '/api/v1/connections',
    { params: { query: { limit: 200 } } },
    { enabled: may('connections.read') },
  );
  return new Map(data?.items.map(({ connection_id, name }) => [connection_id, name]));
}

export function Plans({ project }: { project: Schema<'ProjectView'> }) {
  const { t } = useTranslation('projects');
  const may = useMay();
  const names = useConnectionNames();
  const path = { project_id: project.project_id };
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}/plans', {
    params: { path, query: { limit: 200 } },
  });
  const connection = (id: string) => (id ? <Link to={`/connections/${id}`}>{names.get(id) ?? id}</Link> : '–');
  const columns: Column<Plan>[] = [
    { id: 'name', header: t('plans.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'source', header: t('plans.source'), cell: ({ source_connection_id }) => connection(source_connection_id) },
    { id: 'target', header: t('plans.target'), cell: ({ target_connection_id }) => connection(target_connection_id) },
    { id: 'version', header: t('plans.version'), end: true, wide: true, cell: ({ version }) => version },
    {
      id: 'changed',
      header: t('changed'),
      wide: true,
      end: true,
      cell: ({ updated_at }) => <Moment at={updated_at} />,
    },
    {
      id: 'run',
      header: '',
      end: true,
      cell: ({ plan_id, name }) => (
        <>
          {may('schedules.write') && (
            <ButtonLink
              size="small"
              to={`/schedules/new?plan=${plan_id}`}
              aria-label={t('plans.scheduleName', { name })}
              sx={{ display: { xs: 'none', md: 'inline-flex' } }}
            >
              {t('plans.schedule')}
            </ButtonLink>
          )}
          {may('runs.start') && (
            <ButtonLink size="small" to={`/runs/new?plan=${plan_id}`} aria-label={t('plans.runName', { name })}>
              {t('plans.run')}
            </ButtonLink>
          )}
        </>
      ),
    },
  ];
  return (
    <Panel title={t('plans.title')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('plans.empty')}</Empty>
          ) : (
            <DataTable label={t('plans.title')} columns={columns} rows={items} rowKey={(row) => row.plan_id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
