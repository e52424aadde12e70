import { useTranslation } from 'react-i18next';
import { Outlet, useParams, useSearchParams } from 'react-router';
import { ButtonLink } from '@/components/button-link';
import { Loaded } from '@/components/loaded';
import { Workspace } from '@/components/workspace';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { AnalysisChoice } from '../components/analysis-choice';
import { SubNav } from '../components/sub-nav';
import { chosenOf, useAnalyses, type Analysis } from '../data/analyses';
import type { AnalysisContext } from '../data/context';
import { useTo } from '../data/use-to';

/** The analysis of the address when the list does not reach back to it. */
function useOlder(id: string | null, listed: readonly Analysis[] | undefined) {
  const missing = id !== null && listed !== undefined && !listed.some(({ analysis_id }) => analysis_id === id);
  const query = $api.useQuery(
    'get',
    '/api/v1/analyses/{analysis_id}',
    { params: { path: { analysis_id: id ?? '' } } },
    { enabled: missing },
  );
  return missing ? query : undefined;
}

function Body({ project }: { project: Schema<'ProjectView'> }) {
  const id = useSearchParams()[0].get('analysis');
  const query = useAnalyses(project.project_id);
  const older = useOlder(id, query.data?.items);
  const show = (analyses: readonly Analysis[]) => {
    const context: AnalysisContext = { project, analyses, chosen: chosenOf(analyses, id) };
    return (
      <>
        {analyses.length > 0 && <AnalysisChoice {...context} />}
        <SubNav />
        <Outlet context={context} />
      </>
    );
  };
  return (
    <Loaded query={query}>
      {({ items }) => (older ? <Loaded query={older}>{(found) => show([...items, found])}</Loaded> : show(items))}
    </Loaded>
  );
}

/** The step *Analysis* of a project: which analysis, and the pages about it. */
export default function AnalysisStep() {
  const { t } = useTranslation('analysis');
  const { projectId = '' } = useParams();
  const may = useMay();
  const to = useTo();
  const start = may('analyses.write') && (
    <ButtonLink variant="contained" to={to('new')}>
      {t('start.action')}
    </ButtonLink>
  );
  return (
    <Workspace key={projectId} step="analysis" actions={start}>
      {(project) => <Body project={project} />}
    </Workspace>
  );
}
