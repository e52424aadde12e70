import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Panel } from '@/components/panel';
import { useGrantedProjects } from '@/lib/api/me';

/** The projects of who has a role in single ones only; others find theirs by what runs in them. */
export function GrantedProjects() {
  const { t } = useTranslation('home');
  const projects = useGrantedProjects();
  if (projects.length === 0) return null;
  return (
    <Panel title={t('granted.title')} actions={<Link to="/projects">{t('granted.all')}</Link>}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {projects.map(({ project_id, name, updated_at }) => (
          <Box component="li" key={project_id} sx={{ display: 'flex', gap: 3, justifyContent: 'space-between' }}>
            <Link to={`/projects/${project_id}`} dir="auto" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {name}
            </Link>
            <Moment at={updated_at} />
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
