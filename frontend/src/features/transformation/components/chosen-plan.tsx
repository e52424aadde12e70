import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { useChosenPlan } from '@/components/workspace/use-chosen-plan';
import { $api, type Schema } from '@/lib/api/client';
import { useMay, useMe } from '@/lib/api/me';

interface Props {
  project: Schema<'ProjectView'>;
  children: (plan: Schema<'PlanTextView'>, plans: readonly Schema<'PlanView'>[], userId: string) => ReactNode;
}

function NoPlan({ projectId }: { projectId: string }) {
  const { t } = useTranslation('transformation');
  const may = useMay();
  const action = may('projects.write') && (
    <ButtonLink variant="contained" to={`/projects/${projectId}/transformation/new`}>
      {t('new.title')}
    </ButtonLink>
  );
  return (
    <Panel>
      <Empty action={action}>{t('empty')}</Empty>
    </Panel>
  );
}

function Text({ planId, children }: { planId: string; children: (plan: Schema<'PlanTextView'>) => ReactNode }) {
  const query = $api.useQuery('get', '/api/v1/plans/{plan_id}', { params: { path: { plan_id: planId } } });
  return <Loaded query={query}>{children}</Loaded>;
}

/** The plan that the address names, else the project's first. */
export function ChosenPlan({ project, children }: Props) {
  const { plans, plan } = useChosenPlan(project.project_id);
  const me = useMe();
  return (
    <Loaded query={plans}>
      {({ items }) =>
        plan ? (
          <Text key={plan.plan_id} planId={plan.plan_id}>
            {(text) => <Loaded query={me}>{({ user_id }) => children(text, items, user_id)}</Loaded>}
          </Text>
        ) : (
          <NoPlan projectId={project.project_id} />
        )
      }
    </Loaded>
  );
}
