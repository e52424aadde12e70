import { useTranslation } from 'react-i18next';
import UsersIcon from 'lucide-react/icons/users';
import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { $api } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { realtime } from '@/lib/realtime/socket';
import { useLinkState, useTopic } from '@/lib/realtime/use-topic';

const AGAIN_MS = 20_000;

/** Who else is here. */
export function Presence({ projectId }: { projectId: string }) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  const { data: me } = useMe();
  const link = useLinkState();
  const topic = `project:${projectId}`;
  const query = $api.useQuery(
    'get',
    '/api/v1/projects/{project_id}/presence',
    { params: { path: { project_id: projectId } } },
    { refetchInterval: AGAIN_MS },
  );
  useTopic(topic, ({ type }) => {
    if (type.startsWith('presence:'))
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/presence'] });
  });
  useEffect(() => {
    if (link !== 'open') return undefined;
    const tell = () => {
      realtime.presence(topic, { page: 'project' });
    };
    tell();
    const timer = setInterval(tell, AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [link, topic]);
  const others = [
    ...new Set(query.data?.items.filter(({ user_id }) => user_id !== me?.user_id).map(({ name }) => name)),
  ];
  if (others.length === 0) return null;
  return (
    <Box component="span" role="status" sx={{ display: 'inline-flex', gap: 1.5, alignItems: 'center' }}>
      <UsersIcon size={15} aria-hidden />
      {t('here', { names: others.join(', ') })}
    </Box>
  );
}
