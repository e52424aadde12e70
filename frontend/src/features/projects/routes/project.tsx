import Box from '@mui/material/Box';
import { useParams } from 'react-router';
import { Workspace } from '@/components/workspace';
import { $api } from '@/lib/api/client';
import { About } from '../components/about';
import { Members } from '../components/members';
import { Plans } from '../components/plans';
import { ProjectButtons } from '../components/project-buttons';
import { ProjectRuns } from '../components/project-runs';
import { Way } from '../components/way';

const twoColumns = { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' };

function Buttons() {
  const { projectId = '' } = useParams();
  const { data } = $api.useQuery('get', '/api/v1/projects/{project_id}', {
    params: { path: { project_id: projectId } },
  });
  return data && <ProjectButtons project={data} />;
}

/** The project at a glance: its plans, its last runs, who belongs to it. */
export default function Project() {
  return (
    <Workspace step="overview" actions={<Buttons />}>
      {(project) => (
        <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
          <Way projectId={project.project_id} />
          <Plans project={project} />
          <ProjectRuns projectId={project.project_id} />
          <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: twoColumns }}>
            <About project={project} />
            <Members projectId={project.project_id} />
          </Box>
        </Box>
      )}
    </Workspace>
  );
}
