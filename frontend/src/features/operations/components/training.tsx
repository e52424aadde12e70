import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Note } from '@/components/note';
import { problemOf } from '@/lib/api/job-problem';
import { useJob } from '@/lib/realtime/use-job';

/** A training that was asked for: that it is under way, and how it ended. */
export function Training({ jobId }: { jobId: string }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const { query, over } = useJob(jobId);
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: ['get', '/api/v1/models'] });
  }, [over, queries]);
  if (query.error) return <ErrorNote error={query.error} />;
  const job = query.data;
  if (!job) return null;
  if (job.state === 'failed') return <ErrorNote error={problemOf(job.error) ?? new Error(t('models.trainFailed'))} />;
  return (
    <Note tone={job.state === 'succeeded' ? 'success' : 'info'}>
      <Box role="status">{t(`models.training.${job.state}`, { defaultValue: job.state })}</Box>
    </Note>
  );
}
