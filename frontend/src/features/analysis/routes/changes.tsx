import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { useFormat } from '@/lib/format/use-format';
import { DriftList } from '../components/drift-list';
import { WithAssessment } from '../components/with-assessment';
import { hasResults, type Analysis } from '../data/analyses';
import { useAnalysisContext } from '../data/context';

/** What an earlier analysis of the same connection is compared by. */
const earlierOf = (analyses: readonly Analysis[], { analysis_id, connection_id, created_at }: Analysis) =>
  analyses.filter(
    (each) =>
      each.analysis_id !== analysis_id &&
      each.connection_id === connection_id &&
      each.created_at < created_at &&
      hasResults(each),
  );

function Compared({ analysis }: { analysis: Analysis }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const { analyses } = useAnalysisContext();
  const { values, set } = useFilters(['before']);
  const earlier = earlierOf(analyses, analysis);
  const before = earlier.find(({ analysis_id }) => analysis_id === values.before) ?? earlier[0];
  if (!before) {
    return (
      <Panel title={t('changes.title')}>
        <Empty>{t('changes.none')}</Empty>
      </Panel>
    );
  }
  const choice = (
    <SelectField
      inline
      label={t('changes.since')}
      value={before.analysis_id}
      onChange={(id) => {
        set({ before: id });
      }}
      options={earlier.map(({ analysis_id, name, created_at }) => ({
        value: analysis_id,
        label: t('choice.one', { name, when: format.dateTime(created_at) }),
      }))}
    />
  );
  return (
    <Panel title={t('changes.title')} actions={choice} flush>
      <DriftList after={analysis.analysis_id} before={before.analysis_id} />
    </Panel>
  );
}

/** Drift: what is not as it was in an earlier analysis. */
export default function Changes() {
  return <WithAssessment>{(_, analysis) => <Compared analysis={analysis} />}</WithAssessment>;
}
