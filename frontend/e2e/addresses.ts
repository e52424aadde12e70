import { places } from './stock';

/** For who is not signed in. */
export const OPEN = ['/sign-in', '/forgot-password', '/reset-password', '/accept-invitation', '/setup'];

const PROJECT = [
  '',
  '?comments=all',
  '/analysis',
  '/analysis/new',
  '/analysis/tables',
  '/analysis/tables?table=TBL_CUST&column=CRED_LIM',
  '/analysis/diagram',
  '/analysis/quality',
  '/analysis/personal-data',
  '/analysis/risks',
  '/analysis/conversion',
  '/analysis/changes',
  '/analysis/all',
  '/mapping',
  '/mapping/new',
  '/transformation',
  '/transformation/new',
  '/transformation/versions',
  '/validation',
  '/validation/new',
  '/validation/suites/:suite',
  '/validation/suites/:suite/rules',
  '/validation/suites/:suite/versions',
  '/validation/proposals/:proposal',
  '/validation/runs/:checkRun',
  '/migration',
  '/migration?start=verify',
  '/migration/compare?a=:rehearsal&b=:run',
];
const RUN = ['', '/report', '/certificate', '/quarantine', '/log'];
const OPERATIONS = ['', '/alerts', '/models', '/lineage?plan=:plan', '/windows', '/workers', '/tasks'];
const ADMINISTRATION = [
  '',
  '/invitations',
  '/teams',
  '/teams/:team',
  '/channels',
  '/channels/:channel',
  '/flags',
  '/roles',
  '/settings',
  '/tenants',
  '/audit',
];

/** Every page of who is signed in; `:name` is what the stock made. */
export const SIGNED = [
  '/',
  '/projects',
  '/projects/new',
  '/projects/import',
  ...PROJECT.map((each) => `/projects/:project${each}`),
  '/connections',
  '/connections/new?kind=postgresql',
  '/connections/:connection',
  '/runs',
  '/runs/new?plan=:walked&kind=run',
  ...RUN.map((each) => `/runs/:run${each}`),
  '/runs/:rehearsal/report',
  ...OPERATIONS.map((each) => `/operations${each}`),
  '/schedules/new?plan=:plan',
  '/schedules/:schedule',
  ...ADMINISTRATION.map((each) => `/administration${each}`),
  '/account',
  '/account/security',
  '/account/keys',
  '/account/notifications',
  '/nowhere',
];

/** The address with the ids of what the stock made. */
export function addressOf(path: string) {
  const made = places();
  return path.replace(/:([a-zA-Z]+)/g, (_, name: string) => {
    const id = made[name];
    if (!id) throw new Error(`the stock has no ${name}`);
    return id;
  });
}
