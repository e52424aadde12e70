import { $api } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { WITH_ERRORS } from './with-errors';

/** The connections one may see, and their names by id. */
export function useConnections() {
  const may = useMay();
  const query = $api.useQuery(
    'get',
    '/api/v1/connections',
    { params: { query: { limit: 200 } } },
    { ...WITH_ERRORS, enabled: may('connections.read') },
  );
  const names = new Map(query.data?.items.map(({ connection_id, name }) => [connection_id, name]));
  return { query, nameOf: (id: string | undefined) => (id ? (names.get(id) ?? id) : '') };
}
