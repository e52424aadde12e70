import Box from '@mui/material/Box';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { matchRoutes, useSearchParams } from 'react-router';
import { useFormat } from '@/lib/format/use-format';
import { RouteTabs } from '../route-tabs';
import { Status } from '../status';
import { visuallyHidden } from '../visually-hidden';
import { KnownRoutes } from './known-routes';
import { pathOf, STEPS, type Step, type StepState } from './steps';
import { useStepStates } from './use-step-states';

/** What goes along from step to step. */
const KEPT = ['plan', 'comments'];

function Badge({ step, state }: { step: Step; state: StepState }) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const left = state.left === undefined ? '' : format.number(state.left);
  const count = state.more ? t('atLeast', { left }) : left;
  const text = t(`says.${step}.${state.says}`, { left: count });
  if (state.look === 'plain') return <Box sx={visuallyHidden}>{text}</Box>;
  return (
    <Box component="span" title={text} sx={{ fontSize: '0.9286rem', fontWeight: 550 }}>
      <Status look={state.look}>
        {count && <span aria-hidden>{count}</span>}
        <Box component="span" sx={visuallyHidden}>
          {text}
        </Box>
      </Status>
    </Box>
  );
}

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
  const tabs = STEPS.map((each) => {
    const path = pathOf(projectId, each);
    const there = each === step || matchRoutes([...known], path) !== null;
    const state = each === 'overview' ? undefined : states[each];
    return {
      label: t(`step.${each}`),
      current: each === step,
      ...(there && { to: kept ? `${path}?${kept}` : path }),
      ...(state && { badge: <Badge step={each} state={state} /> }),
    };
  });
  return <RouteTabs label={t('steps')} tabs={tabs} />;
}
