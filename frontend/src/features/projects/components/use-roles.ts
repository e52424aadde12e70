import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';

/** The roles there are, for who may see them. */
export function useRoles() {
  const may = useMay();
  const { data } = $api.useQuery('get', '/api/v1/roles', {}, { enabled: may('users.read'), staleTime: 60_000 });
  const items = data?.items ?? [];
  return {
    items,
    nameOf: (id: string) => items.find(({ role_id }) => role_id === id)?.name ?? id,
  };
}
