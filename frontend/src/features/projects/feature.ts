import FolderIcon from 'lucide-react/icons/folder-kanban';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'projects',
  nav: { order: 20, to: '/projects', icon: FolderIcon, permission: 'projects.read', ofProjects: true, key: 'p' },
  routes: [
    page('/projects', () => import('./routes/projects')),
    page('/projects/new', () => import('./routes/new-project')),
    page('/projects/import', () => import('./routes/import-project')),
    page('/projects/:projectId', () => import('./routes/project')),
  ],
  commands: [
    { id: 'new', to: '/projects/new', permission: 'projects.create' },
    { id: 'import', to: '/projects/import', permission: 'projects.create' },
  ],
};
export default feature;
