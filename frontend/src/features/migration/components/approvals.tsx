import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { Person } from '@/components/person';
import { RunStateLabel } from '@/components/run-state';
import { $api, type Schema } from '@/lib/api/client';

type Run = Schema<'RunView'>;
const MOST = 50;

/** What waits for a second person; nothing when nothing does. */
export function Approvals({ projectId }: { projectId: string }) {
  const { t } = useTranslation('migration');
  const { data } = $api.useQuery('get', '/api/v1/approvals', {
    params: { query: { project_id: projectId, limit: MOST } },
  });
  if (!data || data.items.length === 0) return null;
  const columns: Column<Run>[] = [
    {
      id: 'name',
      header: t('run'),
      cell: ({ name, run_id }) => <Link to={`/runs/${run_id}`}>{name || run_id}</Link>,
    },
    {
      id: 'what',
      header: t('kind'),
      cell: ({ pending, kind }) =>
        t(`pending.${pending ?? kind}`, { defaultValue: t(`kinds.${kind}`, { defaultValue: kind }) }),
    },
    { id: 'state', header: t('state'), wide: true, cell: (run) => <RunStateLabel run={run} /> },
    { id: 'by', header: t('by'), wide: true, cell: ({ requested_by_name }) => <Person name={requested_by_name} /> },
    { id: 'at', header: t('at'), end: true, wide: true, cell: ({ created_at }) => <Moment at={created_at} /> },
    {
      id: 'look',
      header: '',
      end: true,
      cell: ({ run_id, name }) => (
        <ButtonLink size="small" to={`/runs/${run_id}`} aria-label={t('approvals.lookAt', { name: name || run_id })}>
          {t('approvals.look')}
        </ButtonLink>
      ),
    },
  ];
  return (
    <Panel title={t('approvals.title')} flush>
      <DataTable label={t('approvals.title')} columns={columns} rows={data.items} rowKey={(row) => row.run_id} />
    </Panel>
  );
}
