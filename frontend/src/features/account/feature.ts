import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'account',
  routes: [
    page('/account', () => import('./routes/profile')),
    page('/account/security', () => import('./routes/security')),
    page('/account/keys', () => import('./routes/keys')),
    page('/account/notifications', () => import('./routes/notifications')),
  ],
  commands: [
    { id: 'profile', to: '/account' },
    { id: 'security', to: '/account/security' },
    { id: 'keys', to: '/account/keys', permission: 'keys.write' },
    { id: 'notifications', to: '/account/notifications' },
  ],
};
export default feature;
