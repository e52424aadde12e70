import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { JobNow } from '../components/job-now';
import { Frame } from '../components/frame';
import { stepPath, suitePath } from '../live/paths';
import { problemOf } from '@/lib/api/job-problem';
import { useJob } from '@/lib/realtime/use-job';

/** A proposal while a worker looks at the data; when it is there, its rules. */
export default function Proposal() {
  const { t } = useTranslation('validation');
  const { projectId, suiteId = '' } = useParams();
  const { query, progress } = useJob(suiteId);
  if (query.data?.state === 'succeeded') return <Navigate replace to={`${suitePath(projectId, suiteId)}/rules`} />;
  return (
    <Frame title={t('proposal.title')}>
      <Box sx={{ mb: 3 }}>
        <Link to={stepPath(projectId)} variant="body2">
          {t('allSuites')}
        </Link>
      </Box>
      <Panel title={t('proposal.title')}>
        <Loaded query={query}>
          {(job) => (
            <>
              <Box sx={{ mb: 3 }}>{t('proposal.text', { name: job.name })}</Box>
              <JobNow state={job.state} progress={progress} />
              {job.state === 'failed' && <ErrorNote error={problemOf(job.error)} />}
            </>
          )}
        </Loaded>
      </Panel>
    </Frame>
  );
}
