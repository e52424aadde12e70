import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { $api, type Schema } from '@/lib/api/client';
import { Loaded } from './loaded';
import { Page } from './page';
import { Presence } from './workspace/presence';
import { ProjectStateLabel } from './workspace/project-state';
import { StepTabs } from './workspace/step-tabs';
import { pathOf, type Step } from './workspace/steps';
import { Editing } from './workspace/use-editing';
import { useNews } from './workspace/use-news';
import { usePresence } from './workspace/use-presence';

interface Props {
  step: Step;
  /** Beside the project's name: what can be done in this step. */
  actions?: ReactNode;
  /** Beside the page, where there is room; its own panel elsewhere. */
  side?: ReactNode;
  children: (project: Schema<'ProjectView'>) => ReactNode;
}

/**
 * The frame of a project's steps: reads `:projectId` from the address, loads the project, shows its name, its state, who
 * is here, and the steps with what is left in each. Inside, `useEditing` tells the others what one edits.
 */
export function Workspace({ step, actions, side, children }: Props) {
  const { t } = useTranslation('workspace');
  const { projectId = '' } = useParams();
  useNews(projectId);
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}', { params: { path: { project_id: projectId } } });
  const { others, edit } = usePresence(projectId, step);
  const project = query.data;
  const name = project?.name ?? t('project');
  const crumbs = [{ label: t('projects'), to: '/projects' }];
  return (
    <Page
      wide
      title={name}
      {...(step !== 'overview' && {
        here: t(`step.${step}`),
        tab: t('tab', { step: t(`step.${step}`), name }),
      })}
      crumbs={step === 'overview' ? crumbs : [...crumbs, { label: name, to: pathOf(projectId, 'overview') }]}
      lead={
        project && (
          <Box sx={{ display: 'flex', gap: 4, rowGap: 1, flexWrap: 'wrap' }}>
            <ProjectStateLabel state={project.state} />
            <Presence others={others} />
          </Box>
        )
      }
      actions={project && actions}
    >
      {(project ?? !query.error) && <StepTabs projectId={projectId} step={step} />}
      <Editing value={edit}>
        <Box sx={{ display: 'flex', gap: 5, alignItems: 'flex-start', flexDirection: { xs: 'column', lg: 'row' } }}>
          <Box sx={{ flex: '1 1 auto', minWidth: 0, width: '100%' }}>
            <Loaded query={query}>{children}</Loaded>
          </Box>
          {project && side}
        </Box>
      </Editing>
    </Page>
  );
}
