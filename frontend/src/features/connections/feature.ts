import DatabaseIcon from 'lucide-react/icons/database';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'connections',
  nav: { order: 30, to: '/connections', icon: DatabaseIcon, permission: 'connections.read', key: 'c' },
  routes: [
    page('/connections', () => import('./routes/connections')),
    page('/connections/new', () => import('./routes/new-connection')),
    page('/connections/:connectionId', () => import('./routes/connection')),
  ],
  commands: [{ id: 'new', to: '/connections/new', permission: 'connections.write' }],
};
export default feature;
