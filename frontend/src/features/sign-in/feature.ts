import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'sign-in',
  openRoutes: [
    page('/sign-in', () => import('./routes/sign-in')),
    page('/forgot-password', () => import('./routes/forgot-password')),
    page('/reset-password', () => import('./routes/reset-password')),
    page('/accept-invitation', () => import('./routes/accept-invitation')),
    page('/setup', () => import('./routes/set-up')),
  ],
};
export default feature;
