import { useTranslation } from 'react-i18next';
import { Panel } from '@/components/panel';
import { SourceText } from './source-text';

/** The decisions that are due, as the start of a plan. */
export function PlanDraft({ plan }: { plan: string }) {
  const { t } = useTranslation('analysis');
  return (
    <Panel>
      <SourceText label={t('report.plan')} text={plan} />
    </Panel>
  );
}
