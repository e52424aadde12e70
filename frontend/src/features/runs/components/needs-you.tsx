import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import type { Live } from '../live/progress-feed';

/** What waits for a person: an approval, rows that were refused, a verdict. */
export function NeedsYou({ run, live }: { run: Schema<'RunView'>; live: Live }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const rejected = live.progress?.rows_rejected ?? 0;
  const items = [
    run.pending && (
      <Status look="waiting">{t(`pending.${run.pending}`, { defaultValue: t('pending.execute') })}</Status>
    ),
    rejected > 0 && (
      <Status look="warning">
        <Link to={`/runs/${run.run_id}/quarantine`}>{t('rejected', { rows: format.number(rejected) })}</Link>
      </Status>
    ),
    run.result === 'mismatch' && (
      <Status look="bad">
        <Link to={`/runs/${run.run_id}/report`}>{t('mismatch')}</Link>
      </Status>
    ),
    run.state === 'succeeded' && run.kind === 'run' && !run.accepted && <Status look="info">{t('acceptable')}</Status>,
  ].filter(Boolean);
  return (
    <Panel title={t('needsYou')}>
      {items.length === 0 && <Status look="good">{t('needsNothing')}</Status>}
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2, '& span': { whiteSpace: 'normal' } }}
      >
        {items.map((item, at) => (
          <li key={at}>{item}</li>
        ))}
      </Box>
    </Panel>
  );
}
