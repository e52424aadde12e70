import ShieldIcon from 'lucide-react/icons/shield';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'administration',
  nav: { order: 60, to: '/administration', icon: ShieldIcon, permission: 'users.read', key: 'a' },
  routes: [
    page('/administration', () => import('./routes/users')),
    page('/administration/invitations', () => import('./routes/invitations')),
    page('/administration/roles', () => import('./routes/roles')),
    page('/administration/audit', () => import('./routes/audit')),
  ],
  commands: [
    { id: 'invitations', to: '/administration/invitations', permission: 'users.read' },
    { id: 'roles', to: '/administration/roles', permission: 'users.read' },
    { id: 'audit', to: '/administration/audit', permission: 'audit.read' },
  ],
};
export default feature;
