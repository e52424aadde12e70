import { $api } from '@/lib/api/client';

/** The name of a connection; its id for who may not see it. */
export function useConnectionName(id: string) {
  const { data } = $api.useQuery(
    'get',
    '/api/v1/connections/{connection_id}',
    { params: { path: { connection_id: id } } },
    { enabled: id !== '', staleTime: 60_000 },
  );
  return data?.name ?? (id || '–');
}
