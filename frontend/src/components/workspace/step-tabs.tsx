import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { matchRoutes, useSearchParams } from 'react-router';
import { RouteTabs } from '../route-tabs';
import { KnownRoutes } from './known-routes';
import { StepBadge } from './step-badge';
import { pathOf, STEPS, type Step } from './steps';
import { useStepStates } from './use-step-states';

/** What goes along from step to step. */
const KEPT = ['plan', 'comments'];

/** The steps of a project; none locks another. */
export function StepTabs({ projectId, step }: { projectId: string; step: Step }) {
  const { t } = useTranslation('workspace');
  const known = use(KnownRoutes);
  const [search] = useSearchParams();
  const states = useStepStates(projectId);
  const kept = new URLSearchParams(
    KEPT.flatMap((name) => {
      const value = search.get(name);
      return value === null ? [] : [[name, value]];
    }),
  ).toString();
  const badgeOf = (each: Step) => {
    const state = each === 'overview' ? undefined : states[each];
    return each !== 'overview' && state && { badge: <StepBadge state={state} /> };
  };
  const tabs = STEPS.map((each) => {
    const path = pathOf(projectId, each);
    const there = each === step || matchRoutes([...known], path) !== null;
    return {
      label: t(`step.${each}`),
      current: each === step,
      ...(there && { to: kept ? `${path}?${kept}` : path }),
      ...badgeOf(each),
    };
  });
  return <RouteTabs label={t('steps')} tabs={tabs} />;
}
