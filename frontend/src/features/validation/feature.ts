import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'validation',
  routes: [
    page('/projects/:projectId/validation', () => import('./routes/suites')),
    page('/projects/:projectId/validation/new', () => import('./routes/new-suite')),
    page('/projects/:projectId/validation/proposals/:suiteId', () => import('./routes/proposal')),
    page('/projects/:projectId/validation/suites/:suiteId', () => import('./routes/suite-results')),
    page('/projects/:projectId/validation/suites/:suiteId/rules', () => import('./routes/suite-rules')),
    page('/projects/:projectId/validation/suites/:suiteId/versions', () => import('./routes/suite-versions')),
    page('/projects/:projectId/validation/runs/:checkRunId', () => import('./routes/check-run')),
    // Where notices and schedules lead to.
    page('/suites/:suiteId', () => import('./routes/suite-results')),
    page('/suites/:suiteId/rules', () => import('./routes/suite-rules')),
    page('/suites/:suiteId/versions', () => import('./routes/suite-versions')),
    page('/check-runs/:checkRunId', () => import('./routes/check-run')),
  ],
};
export default feature;
