import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '@/components/error-panel';
import { Lines, Loaded } from '@/components/loaded';
import { TextDiff } from '@/components/text-diff';
import { $api } from '@/lib/api/client';
import { PlanChanges } from './plan-changes';

const FOREVER = { staleTime: Infinity };

/** What a version says; it never changes. */
export const useVersionText = (planId: string, number: number) =>
  $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}/versions/{number}',
    { params: { path: { plan_id: planId, number: String(number) } } },
    FOREVER,
  );

function Texts({ planId, from, to }: { planId: string; from: number; to: number }) {
  const { t } = useTranslation('transformation');
  const [left, right] = [useVersionText(planId, from), useVersionText(planId, to)];
  const error = left.error ?? right.error;
  if (error) return <ErrorPanel error={error} retry={() => Promise.all([left.refetch(), right.refetch()])} />;
  if (!left.data || !right.data) return <Lines />;
  return <TextDiff label={t('versions.diff', { from, to })} from={left.data.text ?? ''} to={right.data.text ?? ''} />;
}

/** What differs between two versions: by table, and line by line. */
export function VersionDiff({ planId, from, to }: { planId: string; from: number; to: number }) {
  const { t } = useTranslation('transformation');
  const query = $api.useQuery(
    'get',
    '/api/v1/plans/{plan_id}/diff',
    { params: { path: { plan_id: planId }, query: { from, to } } },
    FOREVER,
  );
  return (
    <Box component="section" aria-label={t('versions.diff', { from, to })} sx={{ minWidth: 0 }}>
      <Typography variant="h2" sx={{ mb: 3 }}>
        {t('versions.diff', { from, to })}
      </Typography>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {t('versions.byTable')}
      </Typography>
      <Loaded query={query}>{({ changes }) => <PlanChanges changes={changes} />}</Loaded>
      <Typography variant="h3" sx={{ mt: 5, mb: 1 }}>
        {t('versions.byLine')}
      </Typography>
      <Texts planId={planId} from={from} to={to} />
    </Box>
  );
}
