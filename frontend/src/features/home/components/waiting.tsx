import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { isProgress } from '@/lib/api/progress';

const LOOKED_AT = 50;
const nameOf = ({ name, run_id }: Schema<'RunView'>) => name || run_id;

/** Approvals, refused rows and differences among the newest runs. */
export function Waiting() {
  const { t } = useTranslation('home');
  const approvals = $api.useQuery('get', '/api/v1/approvals');
  const runs = $api.useQuery('get', '/api/v1/runs', { params: { query: { state: 'succeeded', limit: LOOKED_AT } } });
  const held =
    runs.data?.items.filter(
      ({ progress, accepted }) => !accepted && isProgress(progress) && progress.rows_rejected > 0,
    ) ?? [];
  const different = runs.data?.items.filter(({ result }) => result === 'mismatch') ?? [];
  return (
    <Panel title={t('waiting.title')}>
      <Loaded query={approvals}>
        {({ items }) =>
          items.length + held.length + different.length === 0 ? (
            <Status look="good">{t('waiting.nothing')}</Status>
          ) : (
            <Box
              component="ul"
              sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2, '& span': { whiteSpace: 'normal' } }}
            >
              {items.map((run) => (
                <li key={run.run_id}>
                  <Status look="waiting">
                    <Link to={`/runs/${run.run_id}`}>{t('waiting.approval', { name: nameOf(run) })}</Link>
                  </Status>
                </li>
              ))}
              {different.map((run) => (
                <li key={run.run_id}>
                  <Status look="bad">
                    <Link to={`/runs/${run.run_id}/report`}>{t('waiting.mismatch', { name: nameOf(run) })}</Link>
                  </Status>
                </li>
              ))}
              {held.map((run) => (
                <li key={run.run_id}>
                  <Status look="warning">
                    <Link to={`/runs/${run.run_id}/quarantine`}>{t('waiting.quarantine', { name: nameOf(run) })}</Link>
                  </Status>
                </li>
              ))}
            </Box>
          )
        }
      </Loaded>
    </Panel>
  );
}
