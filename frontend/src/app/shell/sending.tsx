import { useQueryClient } from '@tanstack/react-query';
import { useMe } from '@/lib/api/me';
import { useSending, useSent } from '@/lib/offline/use-queue';

/** Sends what was decided while the server could not be reached, on whatever page one is. */
export function Sending() {
  const queries = useQueryClient();
  const { data: me } = useMe();
  useSending(me?.user_id);
  useSent(({ affects }) => {
    for (const path of affects) void queries.invalidateQueries({ queryKey: ['get', path] });
  });
  return null;
}
