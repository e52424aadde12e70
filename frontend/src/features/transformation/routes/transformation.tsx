import { Workspace } from '@/components/workspace';
import { ChosenPlan } from '../components/chosen-plan';
import { Workbench } from '../components/workbench';

export default function Transformation() {
  return (
    <Workspace step="transformation">
      {(project) => (
        <ChosenPlan project={project}>
          {(plan, plans, userId) => <Workbench key={plan.plan_id} plan={plan} plans={plans} userId={userId} />}
        </ChosenPlan>
      )}
    </Workspace>
  );
}
