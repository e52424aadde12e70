import Box from '@mui/material/Box';
import { AssessmentHead } from '../components/assessment-head';
import { Complexity } from '../components/complexity';
import { DurationPanel } from '../components/duration-panel';
import { EffortPanel } from '../components/effort-panel';
import { Inventory } from '../components/inventory';
import { PlanDraft } from '../components/plan-draft';
import { Summary } from '../components/summary';
import { Verdict } from '../components/verdict';
import { WithAssessment } from '../components/with-assessment';

const pair = {
  display: 'grid',
  gap: 5,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
};

/** The assessment: what a consultant hands over before a migration. */
export default function Overview() {
  return (
    <WithAssessment>
      {(assessment, analysis) => (
        <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <AssessmentHead analysis={analysis} assessment={assessment} />
          <Verdict assessment={assessment} />
          <Box sx={pair}>
            <Summary assessment={assessment} />
            <Inventory assessment={assessment} />
          </Box>
          <Box sx={pair}>
            <EffortPanel effort={assessment.effort} />
            <DurationPanel duration={assessment.duration} />
          </Box>
          <Complexity complexity={assessment.complexity} />
          {assessment.plan && <PlanDraft plan={assessment.plan} />}
        </Box>
      )}
    </WithAssessment>
  );
}
