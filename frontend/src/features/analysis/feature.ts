import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'analysis',
  routes: [
    page('/projects/:projectId/analysis', () => import('./routes/analysis'), [
      page('', () => import('./routes/overview')),
      page('new', () => import('./routes/new-analysis')),
      page('tables', () => import('./routes/tables')),
      page('diagram', () => import('./routes/diagram')),
      page('quality', () => import('./routes/quality')),
      page('personal-data', () => import('./routes/personal-data')),
      page('risks', () => import('./routes/risks')),
      page('conversion', () => import('./routes/conversion')),
      page('changes', () => import('./routes/changes')),
      page('all', () => import('./routes/all-analyses')),
    ]),
  ],
};
export default feature;
