import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Alterations } from '@/components/alterations';
import { Empty } from '@/components/empty';
import { Figures } from '@/components/figures';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { RunStateLabel } from '@/components/run-state';
import { $api, type Schema } from '@/lib/api/client';
import { alteredTotal, rejectedTotal, total, type Report } from '@/lib/api/report';
import { useFormat } from '@/lib/format/use-format';

type Run = Schema<'RunView'>;

function Found({ report }: { report: Report }) {
  const { t } = useTranslation('migration');
  const format = useFormat();
  const altered = report.tables.reduce((sum, table) => sum + alteredTotal(table), 0);
  const rejected = report.tables.reduce((sum, table) => sum + rejectedTotal(table), 0);
  const manual = report.objects.filter(({ status }) => status === 'manual').length;
  return (
    <>
      <Figures
        items={[
          { label: t('rehearsal.read'), value: format.number(total(report, 'rows_read')) },
          { label: t('rehearsal.altered'), value: format.number(altered) },
          { label: t('rehearsal.rejected'), value: format.number(rejected) },
          { label: t('rehearsal.manual'), value: format.number(manual) },
          ...(report.expected_seconds === undefined
            ? []
            : [{ label: t('rehearsal.expected'), value: format.duration(report.expected_seconds) }]),
        ]}
      />
      {altered + rejected === 0 && <Box sx={{ mt: 4 }}>{t('rehearsal.nothing')}</Box>}
    </>
  );
}

function Reported({ run, version }: { run: Run; version: number }) {
  const { t } = useTranslation('migration');
  const query = $api.useQuery('get', '/api/v1/runs/{run_id}/report', { params: { path: { run_id: run.run_id } } });
  return (
    <>
      <Panel
        title={t('rehearsal.title')}
        actions={<Link to={`/runs/${run.run_id}/report`}>{t('rehearsal.whole')}</Link>}
      >
        <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap', mb: 4 }}>
          <RunStateLabel run={run} />
          <Box component="span" sx={{ color: 'text.secondary' }}>
            <Moment at={run.finished_at} />
          </Box>
        </Box>
        {run.plan_version < version && <Note tone="warning">{t('rehearsal.older')}</Note>}
        <Loaded query={query}>{(data) => <Found report={data as unknown as Report} />}</Loaded>
      </Panel>
      {query.data && <Alterations report={query.data as unknown as Report} />}
    </>
  );
}

/** What the last rehearsal of the plan found: what a run would alter or refuse, and how long it would take. */
export function Rehearsal({ plan }: { plan: Schema<'PlanView'> }) {
  const { t } = useTranslation('migration');
  const query = $api.useQuery('get', '/api/v1/runs', {
    params: { query: { plan_id: plan.plan_id, kind: 'rehearse', limit: 1 } },
  });
  return (
    <Loaded query={query}>
      {({ items: [run] }) => {
        if (run?.state === 'succeeded') return <Reported run={run} version={plan.version} />;
        return (
          <Panel title={t('rehearsal.title')}>
            {run ? (
              <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap' }}>
                <RunStateLabel run={run} />
                <Link to={`/runs/${run.run_id}`}>{t('rehearsal.look')}</Link>
              </Box>
            ) : (
              <Empty>{t('rehearsal.none')}</Empty>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
}
