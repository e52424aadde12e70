import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Facts } from '@/components/facts';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { Page } from '@/components/page';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { useTopic } from '@/lib/realtime/use-topic';
import { Members } from '../components/members';
import { Plans } from '../components/plans';
import { Presence } from '../components/presence';
import { ProjectButtons } from '../components/project-buttons';
import { ProjectRuns } from '../components/project-runs';
import { ProjectStateLabel } from '../components/project-state';
import { Steps } from '../components/steps';

const PARTS: Record<string, string[]> = {
  'project.changed': ['/api/v1/projects/{project_id}'],
  'plan.changed': ['/api/v1/projects/{project_id}/plans'],
  'member.changed': ['/api/v1/projects/{project_id}/members'],
  'run.state': ['/api/v1/runs'],
};

/** Loads again what others changed. */
function useNews(projectId: string) {
  const queries = useQueryClient();
  useTopic(`project:${projectId}`, ({ type }) => {
    const paths = type === 'resync' ? Object.values(PARTS).flat() : (PARTS[type] ?? []);
    for (const path of paths) void queries.invalidateQueries({ queryKey: ['get', path] });
  });
}

function About({ project }: { project: Schema<'ProjectView'> }) {
  const { t } = useTranslation('projects');
  return (
    <Panel title={t('about')}>
      <Facts
        items={[
          [
            t('description'),
            <span key="description" dir="auto">
              {project.description || '–'}
            </span>,
          ],
          [t('labels'), project.labels.join(', ') || '–'],
          [t('by'), <bdi key="by">{project.created_by_name}</bdi>],
          [t('changed'), <Moment key="changed" at={project.updated_at} />],
        ]}
      />
    </Panel>
  );
}

export default function Project() {
  const { t } = useTranslation('projects');
  const { projectId = '' } = useParams();
  useNews(projectId);
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}', { params: { path: { project_id: projectId } } });
  const project = query.data;
  const lead = project && (
    <Box sx={{ display: 'flex', gap: 4, flexWrap: 'wrap' }}>
      <ProjectStateLabel state={project.state} />
      <Presence projectId={projectId} />
    </Box>
  );
  return (
    <Page
      title={project?.name ?? t('one')}
      crumbs={[{ label: t('nav'), to: '/projects' }]}
      lead={lead}
      actions={project && <ProjectButtons project={project} />}
    >
      <Loaded query={query}>
        {(loaded) => (
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
            <Steps project={loaded} />
            <Plans project={loaded} />
            <ProjectRuns projectId={projectId} />
            <Box
              sx={{
                display: 'grid',
                gap: 5,
                gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
              }}
            >
              <About project={loaded} />
              <Members projectId={projectId} />
            </Box>
          </Box>
        )}
      </Loaded>
    </Page>
  );
}
