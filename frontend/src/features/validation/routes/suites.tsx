import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import PlusIcon from 'lucide-react/icons/plus';
import { ButtonLink } from '@/components/button-link';
import { AlertList } from '@/components/check-alerts/alert-list';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { CheckRunState } from '../components/check-run-state';
import { Frame } from '../components/frame';
import { Proposals } from '../components/proposals';
import { checkRunPath, stepPath, suitePath } from '../live/paths';
import { useConnections } from '../live/use-connections';
import { WITH_ERRORS } from '../live/with-errors';

type Suite = Schema<'SuiteView'>;

/** The newest check run of each suite, as far as the project's last ones tell. */
function useLastRuns(projectId: string) {
  const { data } = $api.useQuery('get', '/api/v1/check-runs', {
    params: { query: { project_id: projectId, limit: 200 } },
  });
  const last = new Map<string, Schema<'CheckRunView'>>();
  for (const run of data?.items ?? []) if (!last.has(run.suite_id)) last.set(run.suite_id, run);
  return last;
}

function NewSuiteLink() {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  return (
    <ButtonLink variant="contained" to={`${stepPath(projectId)}/new`} startIcon={<PlusIcon size={15} />}>
      {t('new.action')}
    </ButtonLink>
  );
}

/** The step Validation: what must hold of the project's data, and whether it does. */
export default function Suites() {
  const { t } = useTranslation('validation');
  const format = useFormat();
  const { projectId = '' } = useParams();
  const mayWrite = useMay()('suites.write');
  const { nameOf } = useConnections();
  const last = useLastRuns(projectId);
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/suites',
    { params: { query: { project_id: projectId } } },
    { ...byCursor, ...WITH_ERRORS },
  );
  const columns: Column<Suite>[] = [
    {
      id: 'name',
      header: t('suite'),
      cell: ({ name, suite_id }) => (
        <Link to={suitePath(projectId, suite_id)}>
          <bdi>{name}</bdi>
        </Link>
      ),
    },
    {
      id: 'attached',
      header: t('attached.title'),
      wide: true,
      cell: ({ source_connection_id, target_connection_id }) => (
        <bdi>{[source_connection_id, target_connection_id].filter(Boolean).map(nameOf).join(' → ') || '–'}</bdi>
      ),
    },
    { id: 'checks', header: t('rules.title'), end: true, wide: true, cell: ({ checks }) => format.number(checks) },
    {
      id: 'last',
      header: t('lastResult'),
      cell: ({ suite_id }) => {
        const run = last.get(suite_id);
        if (!run) return '–';
        return (
          <Link to={checkRunPath(projectId, run.check_run_id)} color="inherit">
            <CheckRunState run={run} />
          </Link>
        );
      },
    },
    {
      id: 'quality',
      header: t('quality'),
      end: true,
      cell: ({ suite_id }) => {
        const quality = last.get(suite_id)?.quality;
        return quality === undefined || quality === null ? '–' : format.percent(quality, 2);
      },
    },
    {
      id: 'at',
      header: t('lastRun'),
      end: true,
      wide: true,
      cell: ({ suite_id }) => <Moment at={last.get(suite_id)?.finished_at} />,
    },
  ];
  return (
    <Frame title={t('title')} actions={mayWrite && <NewSuiteLink />}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Proposals projectId={projectId} />
        <Panel title={t('suites')} flush>
          <PagedTable
            label={t('suites')}
            columns={columns}
            query={query}
            rowKey={(row) => row.suite_id}
            empty={<Empty action={mayWrite && <NewSuiteLink />}>{t('empty')}</Empty>}
          />
        </Panel>
        {query.data && <AlertList projectId={projectId} title={t('alerts')} />}
      </Box>
    </Frame>
  );
}
