import { Workspace } from '@/components/workspace';
import { NewPlan } from '../components/new-plan';

export default function NewPlanPage() {
  return <Workspace step="transformation">{({ project_id }) => <NewPlan projectId={project_id} />}</Workspace>;
}
