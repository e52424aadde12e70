import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { $api } from '@/lib/api/client';
import { Lineage } from '../components/lineage';
import { OperationsPage } from '../components/operations-page';
import { ButtonLink } from '@/components/button-link';

function Plans({ projectId }: { projectId: string }) {
  const { t } = useTranslation('operations');
  const { values, set } = useFilters(['plan', 'table', 'at']);
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}/plans', {
    params: { path: { project_id: projectId }, query: { limit: 200 } },
  });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const plan = items.find(({ plan_id }) => plan_id === values.plan) ?? items[0];
        if (!plan)
          return (
            <Empty action={<ButtonLink to={`/projects/${projectId}`}>{t('lineage.toProject')}</ButtonLink>}>
              {t('lineage.noPlan')}
            </Empty>
          );
        return (
          <>
            <SelectField
              inline
              label={t('lineage.plan')}
              value={plan.plan_id}
              options={items.map(({ plan_id, name }) => ({ value: plan_id, label: name }))}
              onChange={(plan_id) => {
                set({ plan: plan_id, table: '', at: '' });
              }}
            />
            <Lineage key={plan.plan_id} planId={plan.plan_id} />
          </>
        );
      }}
    </Loaded>
  );
}

/** From which source column each target column comes, and what becomes of its values on the way. */
export default function LineagePage() {
  const { t } = useTranslation('operations');
  const { values, set } = useFilters(['project', 'plan', 'table', 'at']);
  const query = $api.useQuery('get', '/api/v1/projects', { params: { query: { limit: 200 } } });
  return (
    <OperationsPage title={t('lineage.title')}>
      <Panel>
        <Loaded query={query}>
          {({ items }) => {
            const project = items.find(({ project_id }) => project_id === values.project) ?? items[0];
            if (!project) return <Empty>{t('lineage.noProject')}</Empty>;
            return (
              <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 4, alignItems: 'center' }}>
                <SelectField
                  inline
                  label={t('lineage.project')}
                  value={project.project_id}
                  options={items.map(({ project_id, name }) => ({ value: project_id, label: name }))}
                  onChange={(project_id) => {
                    set({ project: project_id, plan: '', table: '', at: '' });
                  }}
                />
                <Plans key={project.project_id} projectId={project.project_id} />
              </Box>
            );
          }}
        </Loaded>
      </Panel>
    </OperationsPage>
  );
}
