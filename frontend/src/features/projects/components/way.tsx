import Box from '@mui/material/Box';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { matchRoutes } from 'react-router';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { KnownRoutes } from '@/components/workspace/known-routes';
import { StepSays } from '@/components/workspace/step-badge';
import { pathOf, STEPS, type WorkStep } from '@/components/workspace/steps';
import { useStepStates } from '@/components/workspace/use-step-states';

const WORK = STEPS.filter((step): step is WorkStep => step !== 'overview');

/** The steps in order, each with what is missing in it. */
export function Way({ projectId }: { projectId: string }) {
  const { t } = useTranslation(['projects', 'workspace']);
  const known = use(KnownRoutes);
  const states = useStepStates(projectId);
  return (
    <Panel title={t('way')}>
      <Box
        component="ol"
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: 'repeat(auto-fit, minmax(150px, 1fr))' },
          gap: 4,
          listStyle: 'none',
          m: 0,
          p: 0,
        }}
      >
        {WORK.map((step) => {
          const state = states[step];
          const path = pathOf(projectId, step);
          const name = t(`workspace:step.${step}`);
          return (
            <Box component="li" key={step} sx={{ minWidth: 0, '& span': { whiteSpace: 'normal' } }}>
              <Box sx={{ fontWeight: 600, mb: 0.5 }}>
                {matchRoutes([...known], path) ? <Link to={path}>{name}</Link> : name}
              </Box>
              {state && <StepSays state={state} />}
            </Box>
          );
        })}
      </Box>
    </Panel>
  );
}
