import { useParams } from 'react-router';
import { $api } from './client';

/** Who is signed in, with the rights of now. */
export const useMe = ({ enabled = true } = {}) =>
  $api.useQuery('get', '/api/v1/me', {}, { enabled, staleTime: 60_000 });

/** May the signed-in person do that in the whole tenant? */
export function useMayInTenant() {
  const { data } = useMe();
  return (permission: string) => data?.permissions.includes(permission) ?? false;
}

const MOST_SHOWN = 6;

/** The first projects of who sees none by a role in the tenant, but was granted a role in them; of others none. */
export function useGrantedProjects() {
  const { data: me } = useMe();
  const enabled = me !== undefined && !me.permissions.includes('projects.read');
  const params = { query: { limit: MOST_SHOWN } };
  const { data } = $api.useQuery('get', '/api/v1/projects', { params }, { enabled, staleTime: 60_000 });
  return enabled ? (data?.items ?? []) : [];
}

/** May the signed-in person open that place: by a role in the tenant, or in a project where one is enough? */
export function useMayOpen() {
  const inTenant = useMayInTenant();
  const granted = useGrantedProjects().length > 0;
  return ({ permission, ofProjects = false }: { permission?: string; ofProjects?: boolean }) =>
    !permission || inTenant(permission) || (ofProjects && granted);
}

/**
 * May the signed-in person do that here: in the tenant, or by a grant in the project that is given or that the address
 * names? As long as the project is not loaded the tenant's rights count.
 */
export function useMay(projectId?: string) {
  const inTenant = useMayInTenant();
  const here = useParams().projectId;
  const project_id = projectId ?? here ?? '';
  const { data } = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}',
    { params: { path: { project_id } } },
    { enabled: project_id !== '', staleTime: 60_000 },
  );
  return (permission: string) => inTenant(permission) || (data?.permissions?.includes(permission) ?? false);
}
