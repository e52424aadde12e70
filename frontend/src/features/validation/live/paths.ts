/** Addresses below a project's step; without a project those of the tenant's own suites. */
export const stepPath = (projectId: string | undefined) =>
  projectId ? `/projects/${projectId}/validation` : '/projects';
export const suitePath = (projectId: string | undefined, suiteId: string) =>
  projectId ? `${stepPath(projectId)}/suites/${suiteId}` : `/suites/${suiteId}`;
export const checkRunPath = (projectId: string | undefined, checkRunId: string) =>
  projectId ? `${stepPath(projectId)}/runs/${checkRunId}` : `/check-runs/${checkRunId}`;
