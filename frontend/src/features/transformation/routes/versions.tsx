import { Workspace } from '@/components/workspace';
import { ChosenPlan } from '../components/chosen-plan';
import { Versions } from '../components/versions';

export default function PlanVersions() {
  return (
    <Workspace step="transformation">
      {(project) => <ChosenPlan project={project}>{(plan) => <Versions key={plan.plan_id} plan={plan} />}</ChosenPlan>}
    </Workspace>
  );
}
