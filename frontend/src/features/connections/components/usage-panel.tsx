import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';

type User = Schema<'ConnectionUserView'>;

/** The plans that a connection is used by. */
export function UsagePanel({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation('connections');
  const query = $api.useQuery('get', '/api/v1/connections/{connection_id}/usage', {
    params: { path: { connection_id: connectionId } },
  });
  const columns: Column<User>[] = [
    {
      id: 'project',
      header: t('usage.project'),
      cell: ({ project, project_id }) => <Link to={`/projects/${project_id}`}>{project}</Link>,
    },
    { id: 'plan', header: t('usage.plan'), cell: ({ plan }) => <bdi>{plan}</bdi> },
    {
      id: 'as',
      header: t('usage.as'),
      cell: ({ as_source, as_target }) =>
        [as_source && t('usage.source'), as_target && t('usage.target')].filter(Boolean).join(', '),
    },
  ];
  return (
    <Panel title={t('usage.title')} flush>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t('usage.empty')}</Empty>
          ) : (
            <DataTable label={t('usage.title')} columns={columns} rows={items} rowKey={(row) => row.plan_id} />
          )
        }
      </Loaded>
    </Panel>
  );
}
