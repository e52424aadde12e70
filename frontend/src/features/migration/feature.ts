import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'migration',
  routes: [
    page('/projects/:projectId/migration', () => import('./routes/migration')),
    page('/projects/:projectId/migration/compare', () => import('./routes/compare')),
    page('/runs/new', () => import('./routes/new-run')),
  ],
};
export default feature;
