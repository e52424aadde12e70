import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useParams } from 'react-router';
import { Arrow } from '@/components/arrow';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { RouteTabs } from '@/components/route-tabs';
import { $api, type Schema } from '@/lib/api/client';
import { stepPath, suitePath } from '../live/paths';
import { WITH_ERRORS } from '../live/with-errors';
import { useConnections } from '../live/use-connections';
import { Frame } from './frame';
import { SuiteButtons } from './suite-buttons';

type Suite = Schema<'SuiteTextView'>;

function Head({ suite }: { suite: Suite }) {
  const { t } = useTranslation('validation');
  const { projectId } = useParams();
  const { nameOf } = useConnections();
  const { source_connection_id: source, target_connection_id: target } = suite;
  const system = (id: string) => (
    <Link to={`/connections/${id}`}>
      <bdi>{nameOf(id)}</bdi>
    </Link>
  );
  return (
    <Box sx={{ mb: 3 }}>
      {projectId && (
        <Link to={stepPath(projectId)} variant="body2">
          {t('allSuites')}
        </Link>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        {projectId && (
          <Typography variant="h2" sx={{ flex: '1 1 auto', fontSize: '1.3rem', overflowWrap: 'anywhere' }}>
            <bdi>{suite.name}</bdi>
          </Typography>
        )}
        <SuiteButtons suite={suite} />
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, color: 'text.secondary' }}>
        {source && target ? (
          <span>
            {t('attached.flow')} {system(source)}
            <Arrow />
            {system(target)}
          </span>
        ) : (
          <span>
            {source ? t('attached.source') : t('attached.target')}{' '}
            {(source ?? target) && system(source ?? target ?? '')}
          </span>
        )}
        <span>{t('rulesCount', { count: suite.checks })}</span>
        <span>{t('version', { number: suite.version })}</span>
      </Box>
    </Box>
  );
}

interface Props {
  side?: ReactNode;
  children: (suite: Suite) => ReactNode;
}

/** A suite with its name, what can be done with it, and its pages as tabs. */
export function SuiteFrame({ side, children }: Props) {
  const { t } = useTranslation('validation');
  const { projectId, suiteId = '' } = useParams();
  const { pathname, search } = useLocation();
  const query = $api.useQuery(
    'get',
    '/api/v1/suites/{suite_id}',
    { params: { path: { suite_id: suiteId } } },
    WITH_ERRORS,
  );
  const home = query.data?.project_id;
  if (!projectId && home) return <Navigate replace to={`/projects/${home}/validation${pathname}${search}`} />;
  const base = suitePath(projectId, suiteId);
  const tabs = [
    { to: base, label: t('results.title') },
    { to: `${base}/rules`, label: t('rules.title') },
    { to: `${base}/versions`, label: t('versions.title') },
  ];
  return (
    <Frame title={query.data?.name ?? t('suite')} side={side}>
      <Loaded query={query}>
        {(suite) => (
          <>
            <Head suite={suite} />
            <RouteTabs label={suite.name} tabs={tabs} />
            {children(suite)}
          </>
        )}
      </Loaded>
    </Frame>
  );
}
