import { $api } from './client';

/** Who is signed in, with the rights of now. */
export const useMe = () => $api.useQuery('get', '/api/v1/me', {}, { staleTime: 60_000 });

/** May the signed-in person do that in the whole tenant? (Grants in one project are known to the server only.) */
export function useMay() {
  const { data } = useMe();
  return (permission: string) => data?.permissions.includes(permission) ?? false;
}
