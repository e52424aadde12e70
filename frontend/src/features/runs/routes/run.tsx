import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Outlet, useParams } from 'react-router';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Page } from '@/components/page';
import { shortName } from '@/components/person';
import { RouteTabs } from '@/components/route-tabs';
import { RunStateLabel } from '@/components/run-state';
import { useMay } from '@/lib/api/me';
import { RunButtons } from '../components/run-buttons';
import { LinkNote } from '../live/link-note';
import { useLiveRun } from '../live/use-live-run';

/** The frame of a run's pages; below it one finds the run by `useOutletContext`. */
export default function Run() {
  const { t } = useTranslation('runs');
  const { runId = '' } = useParams();
  const { query, live } = useLiveRun(runId);
  const run = query.data;
  const may = useMay(run?.project_id);
  const base = `/runs/${runId}`;
  const tabs = [
    { to: base, label: t('tab.progress') },
    { to: `${base}/report`, label: t('tab.report') },
    ...(run?.kind === 'run' || run?.kind === 'verify'
      ? [{ to: `${base}/certificate`, label: t('tab.certificate') }]
      : []),
    ...(may('quarantine.read') ? [{ to: `${base}/quarantine`, label: t('tab.quarantine') }] : []),
    { to: `${base}/log`, label: t('tab.log') },
  ];
  const lead = run && (
    <Box sx={{ display: 'flex', gap: 4, flexWrap: 'wrap' }}>
      <span role="status">
        <RunStateLabel run={run} />
      </span>
      <span>{t(`kinds.${run.kind}`, { defaultValue: run.kind })}</span>
      <code dir="ltr">{run.run_id}</code>
      {run.project_id && <Link to={`/projects/${run.project_id}/migration?plan=${run.plan_id}`}>{t('toProject')}</Link>}
      <span>
        {t('startedBy', { name: shortName(run.requested_by_name) })} <Moment at={run.created_at} />
      </span>
    </Box>
  );
  const crumbs = [{ label: t('nav'), to: '/runs' }];
  return (
    <Page
      title={run ? run.name || run.run_id : t('one')}
      crumbs={crumbs}
      lead={lead}
      actions={run && <RunButtons run={run} />}
    >
      <LinkNote />
      <RouteTabs label={t('one')} tabs={tabs} />
      <Loaded query={query}>{(loaded) => <Outlet context={{ run: loaded, live }} />}</Loaded>
    </Page>
  );
}
