import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'transformation',
  routes: [
    page('/projects/:projectId/transformation', () => import('./routes/transformation')),
    page('/projects/:projectId/transformation/new', () => import('./routes/new-plan')),
    page('/projects/:projectId/transformation/versions', () => import('./routes/versions')),
  ],
};
export default feature;
