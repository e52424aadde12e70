import ActivityIcon from 'lucide-react/icons/activity';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'operations',
  nav: { order: 50, to: '/operations', icon: ActivityIcon, permission: 'runs.read', key: 'o' },
  routes: [
    page('/operations', () => import('./routes/schedules')),
    page('/operations/alerts', () => import('./routes/alerts')),
    page('/operations/models', () => import('./routes/models')),
    page('/operations/lineage', () => import('./routes/lineage')),
    page('/operations/windows', () => import('./routes/windows')),
    page('/operations/workers', () => import('./routes/workers')),
    page('/operations/tasks', () => import('./routes/tasks')),
    page('/schedules/new', () => import('./routes/new-schedule')),
    page('/schedules/:scheduleId', () => import('./routes/schedule')),
  ],
  commands: [
    { id: 'alerts', to: '/operations/alerts', permission: 'suites.read' },
    { id: 'models', to: '/operations/models', permission: 'models.read' },
    { id: 'lineage', to: '/operations/lineage', permission: 'projects.read' },
    { id: 'windows', to: '/operations/windows', permission: 'connections.read' },
    { id: 'workers', to: '/operations/workers', permission: 'monitor.read' },
    { id: 'tasks', to: '/operations/tasks', permission: 'monitor.read' },
    { id: 'schedules', to: '/operations' },
  ],
};
export default feature;
