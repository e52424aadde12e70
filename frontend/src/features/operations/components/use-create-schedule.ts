import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { $api } from '@/lib/api/client';

/** Makes a schedule, and shows it. */
export function useCreateSchedule() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return $api.useMutation('post', '/api/v1/schedules', {
    onSuccess: async ({ schedule_id }) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/schedules'] });
      await navigate(`/schedules/${schedule_id}`);
    },
  });
}
