import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Workspace } from '@/components/workspace';
import { $api } from '@/lib/api/client';
import { asApiError } from '@/lib/api/errors';
import type { Report } from '@/lib/api/report';
import { CompareAlterations } from '../components/compare-alterations';
import { CompareFigures } from '../components/compare-figures';
import { CompareHead } from '../components/compare-head';
import { ComparePlans } from '../components/compare-plans';
import { CompareTables } from '../components/compare-tables';

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

const paramsOf = (runId: string) => ({ params: { path: { run_id: runId } } });
const useRun = (runId: string) => $api.useQuery('get', '/api/v1/runs/{run_id}', paramsOf(runId));
const useReport = (runId: string) => $api.useQuery('get', '/api/v1/runs/{run_id}/report', paramsOf(runId));

/** Two queries as one: what both found, or the error of one. */
function both<Data>(a: Query<Data>, b: Query<Data>): Query<{ a: Data; b: Data }> {
  return {
    data: a.data !== undefined && b.data !== undefined ? { a: a.data, b: b.data } : undefined,
    error: a.error ?? b.error,
    refetch: () => Promise.all([a.refetch(), b.refetch()]),
  };
}

function Reports({ a, b }: { a: string; b: string }) {
  const { t } = useTranslation('migration');
  const reports = both(useReport(a), useReport(b));
  if (reports.error && asApiError(reports.error).status === 409) {
    return (
      <Panel>
        <Empty>{t('compare.notYet')}</Empty>
      </Panel>
    );
  }
  return (
    <Loaded query={reports}>
      {(data) => {
        const [left, right] = [data.a as unknown as Report, data.b as unknown as Report];
        return (
          <>
            <CompareFigures a={left} b={right} />
            <CompareTables a={left} b={right} />
            <CompareAlterations a={left} b={right} />
          </>
        );
      }}
    </Loaded>
  );
}

function Comparison({ a, b }: { a: string; b: string }) {
  const runs = both(useRun(a), useRun(b));
  return (
    <Loaded query={runs}>
      {(data) => (
        <>
          <CompareHead a={data.a} b={data.b} />
          <Reports a={a} b={b} />
          <ComparePlans a={data.a} b={data.b} />
        </>
      )}
    </Loaded>
  );
}

/** Two runs of the project side by side; the address names them. */
export default function Compare() {
  const { t } = useTranslation('migration');
  const { projectId = '' } = useParams();
  const { values } = useFilters(['a', 'b']);
  const back = (
    <ButtonLink to={`/projects/${projectId}/migration?a=${values.a ?? ''}&b=${values.b ?? ''}`}>
      {t('compare.back')}
    </ButtonLink>
  );
  return (
    <Workspace step="migration" actions={back}>
      {() => (
        <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Typography variant="h2">{t('compare.title')}</Typography>
          {values.a && values.b ? (
            <Comparison a={values.a} b={values.b} />
          ) : (
            <Panel>
              <Empty action={back}>{t('compare.chooseTwo')}</Empty>
            </Panel>
          )}
        </Box>
      )}
    </Workspace>
  );
}
