import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Note } from '@/components/note';
import { $api } from '@/lib/api/client';
import { isOver } from '@/lib/realtime/use-job';
import { stepPath } from '../live/paths';

const AGAIN_MS = 5000;

/** Proposals that workers are at. */
export function Proposals({ projectId }: { projectId: string }) {
  const { t } = useTranslation('validation');
  const { data } = $api.useQuery(
    'get',
    '/api/v1/runs',
    { params: { query: { project_id: projectId, kind: 'propose_suite', limit: 5 } } },
    {
      refetchInterval: ({ state }) => (state.data?.items.some((job) => !isOver(job.state)) ? AGAIN_MS : false),
    },
  );
  const open = data?.items.filter(({ state }) => !isOver(state)) ?? [];
  return open.map(({ run_id, name }) => (
    <Note key={run_id} tone="info">
      {t('proposal.underWay', { name })}{' '}
      <Link to={`${stepPath(projectId)}/proposals/${run_id}`}>{t('proposal.look')}</Link>
    </Note>
  ));
}
