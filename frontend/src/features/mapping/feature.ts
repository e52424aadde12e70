import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'mapping',
  routes: [
    page('/projects/:projectId/mapping', () => import('./routes/mapping')),
    page('/projects/:projectId/mapping/new', () => import('./routes/new-matching')),
  ],
};
export default feature;
