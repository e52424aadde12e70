import ShieldIcon from 'lucide-react/icons/shield';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'administration',
  nav: { order: 60, to: '/administration', icon: ShieldIcon, permission: 'users.read', key: 'a' },
  routes: [
    page('/administration', () => import('./routes/users')),
    page('/administration/invitations', () => import('./routes/invitations')),
    page('/administration/teams', () => import('./routes/teams')),
    page('/administration/teams/:teamId', () => import('./routes/team')),
    page('/administration/channels', () => import('./routes/channels')),
    page('/administration/channels/:channelId', () => import('./routes/channel')),
    page('/administration/flags', () => import('./routes/flags')),
    page('/administration/settings', () => import('./routes/settings')),
    page('/administration/tenants', () => import('./routes/tenants')),
    page('/administration/roles', () => import('./routes/roles')),
    page('/administration/audit', () => import('./routes/audit')),
  ],
  commands: [
    { id: 'invitations', to: '/administration/invitations', permission: 'users.read' },
    { id: 'roles', to: '/administration/roles', permission: 'users.read' },
    { id: 'teams', to: '/administration/teams', permission: 'users.read' },
    { id: 'channels', to: '/administration/channels', permission: 'notifications.write' },
    { id: 'flags', to: '/administration/flags', permission: 'flags.write' },
    { id: 'settings', to: '/administration/settings', permission: 'tenant.read' },
    { id: 'audit', to: '/administration/audit', permission: 'audit.read' },
  ],
};
export default feature;
