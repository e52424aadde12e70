import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { useMay } from '@/lib/api/me';
import { hasResults, type Analysis } from '../data/analyses';
import type { Assessment } from '../data/assessment';
import { useAnalysisContext } from '../data/context';
import { useAssessment } from '../data/use-assessment';
import { useTo } from '../data/use-to';
import { AtWork } from './at-work';

interface Props {
  children: (assessment: Assessment, analysis: Analysis) => ReactNode;
}

function NoneYet() {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const to = useTo();
  const start = may('analyses.write') && (
    <ButtonLink variant="contained" to={to('new')}>
      {t('start.action')}
    </ButtonLink>
  );
  return (
    <Panel>
      <Empty action={start}>{t('empty')}</Empty>
    </Panel>
  );
}

function Found({ analysis, children }: Props & { analysis: Analysis }) {
  const query = useAssessment(analysis.analysis_id);
  return <Loaded query={query}>{(assessment) => children(assessment, analysis)}</Loaded>;
}

/** What the chosen analysis found; how far it is while it is at work, and why there is nothing when it failed. */
export function WithAssessment({ children }: Props) {
  const { chosen } = useAnalysisContext();
  if (!chosen) return <NoneYet />;
  if (!hasResults(chosen)) return <AtWork key={chosen.analysis_id} analysis={chosen} />;
  return (
    <Found key={chosen.analysis_id} analysis={chosen}>
      {children}
    </Found>
  );
}
