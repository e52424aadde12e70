import Box from '@mui/material/Box';
import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { $api, type Schema } from '@/lib/api/client';
import { Loaded } from './loaded';
import { Page } from './page';
import { Beside } from './side-panel';
import { CommentsButton } from './workspace/comment-button';
import { Presence } from './workspace/presence';
import { ProjectStateLabel } from './workspace/project-state';
import { StepTabs } from './workspace/step-tabs';
import { pathOf, type Step } from './workspace/steps';
import { useCommentsPanel } from './workspace/use-comments';
import { Editing } from './workspace/use-editing';
import { useNews } from './workspace/use-news';
import { usePresence } from './workspace/use-presence';

const CommentsPanel = lazy(() => import('./workspace/comments-panel'));

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
 * is here, and the steps with what is left in each. Inside, `useEditing` tells the others what one edits, and
 * `CommentButton` opens the comments of a table or field; the panel of comments takes the place of `side` while it is open.
 */
export function Workspace({ step, actions, side, children }: Props) {
  const { t } = useTranslation('workspace');
  const { projectId = '' } = useParams();
  useNews(projectId);
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}', { params: { path: { project_id: projectId } } });
  const { others, edit } = usePresence(projectId, step);
  const project = query.data;
  const { open: comments } = useCommentsPanel();
  const name = project?.name ?? t('project');
  const crumbs = [{ label: t('projects'), to: '/projects' }];
  return (
    <Editing value={edit}>
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
        actions={
          project && (
            <>
              <CommentsButton projectId={projectId} />
              {actions}
            </>
          )
        }
      >
        {(project ?? !query.error) && <StepTabs projectId={projectId} step={step} />}
        <Beside
          side={
            project && comments ? (
              <Suspense fallback={null}>
                <CommentsPanel projectId={projectId} anchor={comments} />
              </Suspense>
            ) : (
              project && side
            )
          }
        >
          <Loaded query={query}>{children}</Loaded>
        </Beside>
      </Page>
    </Editing>
  );
}
