import PlayIcon from 'lucide-react/icons/play';
import { page, type Feature } from '@/lib/feature';

const feature: Feature = {
  name: 'runs',
  nav: { order: 40, to: '/runs', icon: PlayIcon, permission: 'runs.read', key: 'r' },
  routes: [
    page('/runs', () => import('./routes/runs')),
    page('/runs/:runId', () => import('./routes/run'), [
      page('', () => import('./routes/run-progress')),
      page('report', () => import('./routes/run-report')),
      page('certificate', () => import('./routes/run-certificate')),
      page('quarantine', () => import('./routes/run-quarantine')),
      page('log', () => import('./routes/run-log')),
    ]),
  ],
  commands: [
    { id: 'approvals', to: '/runs?waiting=approval', permission: 'runs.approve' },
    { id: 'running', to: '/runs?state=running' },
  ],
};
export default feature;
