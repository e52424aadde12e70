import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { isOver, useJob } from '@/lib/realtime/use-job';
import { CheckDetail } from '../components/check-detail';
import { CheckRunButtons } from '../components/check-run-buttons';
import { CheckRunFigures } from '../components/check-run-figures';
import { CheckRunState } from '../components/check-run-state';
import { Frame } from '../components/frame';
import { JobNow } from '../components/job-now';
import { ResultList } from '../components/result-list';
import { suitePath } from '../live/paths';
import { problemOf } from '@/lib/api/job-problem';
import { WITH_ERRORS } from '../live/with-errors';
import { useResults } from '../live/use-results';

type Run = Schema<'CheckRunView'>;

function Head({ run }: { run: Run }) {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  return (
    <Box sx={{ mb: 4 }}>
      <Link to={suitePath(projectId, run.suite_id)} variant="body2">
        <bdi>{run.name}</bdi>
      </Link>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 2, alignItems: 'center' }}>
        <Typography variant="h2" sx={{ fontSize: '1.3rem' }}>
          {t('checkRun.title')}
        </Typography>
        <CheckRunState run={run} />
        <Box sx={{ color: 'text.secondary', flex: '1 1 auto' }}>
          <Moment at={run.finished_at ?? run.created_at} />
        </Box>
        <CheckRunButtons run={run} />
      </Box>
    </Box>
  );
}

function Body({ run }: { run: Run }) {
  const { t } = useTranslation('validation');
  const { progress } = useJob(isOver(run.state) ? undefined : run.check_run_id);
  if (!isOver(run.state))
    return (
      <Panel title={t('checkRun.now')}>
        <JobNow state={run.state} progress={progress} />
      </Panel>
    );
  if (run.state !== 'succeeded')
    return run.error ? <ErrorNote error={problemOf(run.error)} /> : <Panel>{t('checkRun.noResults')}</Panel>;
  return (
    <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <CheckRunFigures run={run} />
      <ResultList checkRunId={run.check_run_id} />
    </Box>
  );
}

const AGAIN_MS = 1500;

/** A suite carried out: how far it is, what came of each check, and the rows that broke one. */
export default function CheckRunPage() {
  const { t } = useTranslation('validation');
  const { projectId, checkRunId = '' } = useParams();
  const { pathname, search } = useLocation();
  const { values, set } = useFilters(['check']);
  const query = $api.useQuery(
    'get',
    '/api/v1/check-runs/{check_run_id}',
    { params: { path: { check_run_id: checkRunId } } },
    { ...WITH_ERRORS, refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : AGAIN_MS) },
  );
  const run = query.data;
  const { check, masked } = useResults(run?.state === 'succeeded' ? checkRunId : undefined, values.check);
  if (!projectId && run?.project_id)
    return (
      <Navigate
        replace
        to={`/projects/${run.project_id}/validation${pathname.replace('/check-runs', '/runs')}${search}`}
      />
    );
  return (
    <Frame
      title={run?.name ?? t('checkRun.title')}
      side={
        run &&
        check && (
          <CheckDetail
            key={check.name}
            check={check}
            masked={masked}
            suiteId={run.suite_id}
            onClose={() => {
              set({ check: '' });
            }}
          />
        )
      }
    >
      <Loaded query={query}>
        {(loaded) => (
          <>
            <Head run={loaded} />
            <Body run={loaded} />
          </>
        )}
      </Loaded>
    </Frame>
  );
}
