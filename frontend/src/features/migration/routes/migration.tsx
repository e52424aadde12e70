import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { SidePanel } from '@/components/side-panel';
import { Workspace } from '@/components/workspace';
import { useChosenPlan } from '@/components/workspace/use-chosen-plan';
import { Approvals } from '../components/approvals';
import { History } from '../components/history';
import { Rehearsal } from '../components/rehearsal';
import { StartButtons } from '../components/start-buttons';
import { StartForm } from '../components/start-form';

/** Which plan, where there are several. */
function PlanChoice({ projectId }: { projectId: string }) {
  const { t } = useTranslation('migration');
  const { set } = useFilters(['plan']);
  const { plans, plan } = useChosenPlan(projectId);
  const items = plans.data?.items ?? [];
  if (!plan || items.length < 2) return null;
  return (
    <SelectField
      inline
      label={t('plan')}
      value={plan.plan_id}
      options={items.map(({ plan_id, name }) => ({ value: plan_id, label: name }))}
      onChange={(chosen) => {
        set({ plan: chosen });
      }}
    />
  );
}

function Step({ projectId }: { projectId: string }) {
  const { t } = useTranslation('migration');
  const { plans, plan } = useChosenPlan(projectId);
  return (
    <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <PlanChoice projectId={projectId} />
      <Approvals projectId={projectId} />
      <Loaded query={plans}>
        {() =>
          plan ? (
            <Rehearsal key={plan.plan_id} plan={plan} />
          ) : (
            <Panel>
              <Empty>{t('noPlan')}</Empty>
            </Panel>
          )
        }
      </Loaded>
      <History projectId={projectId} />
    </Box>
  );
}

/** The last step: rehearse, run, approve, look back. */
export default function Migration() {
  const { t } = useTranslation('migration');
  const { projectId = '' } = useParams();
  const { values, set } = useFilters(['start']);
  const { plan } = useChosenPlan(projectId);
  const side = plan && values.start && (
    <SidePanel
      key={`${plan.plan_id} ${values.start}`}
      title={t('start.titleOf', { name: plan.name })}
      onClose={() => {
        set({ start: '' });
      }}
    >
      <StartForm plan={plan} first={values.start} />
    </SidePanel>
  );
  return (
    <Workspace step="migration" actions={plan && <StartButtons />} side={side}>
      {(project) => <Step projectId={project.project_id} />}
    </Workspace>
  );
}
