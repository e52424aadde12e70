import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Popover from '@mui/material/Popover';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import BellIcon from 'lucide-react/icons/bell';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Loaded } from '@/components/loaded';
import { Moment } from '@/components/moment';
import { $api, type Schema } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { useTopic } from '@/lib/realtime/use-topic';

const MOST = 30;

function useNotifications() {
  const queries = useQueryClient();
  const { data: me } = useMe();
  useTopic(me && `user:${me.user_id}`, ({ type }) => {
    if (type === 'notification.created' || type === 'resync')
      void queries.invalidateQueries({ queryKey: ['get', '/api/v1/notifications'] });
  });
  return $api.useQuery('get', '/api/v1/notifications', { params: { query: { limit: MOST } } });
}

/** Links of notices may carry the server's public address; inside the app only the path counts. */
function pathOf(link: string) {
  try {
    const { pathname, search } = new URL(link, location.origin);
    return pathname + search;
  } catch {
    return '/';
  }
}

function Item({ notice, onOpen }: { notice: Schema<'NotificationView'>; onOpen: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Box component="li" sx={{ py: 3, borderBlockStart: '1px solid', borderColor: 'divider', display: 'flex', gap: 2 }}>
      <Box
        aria-hidden
        sx={{
          width: 8,
          height: 8,
          mt: 1.5,
          borderRadius: 4,
          flex: 'none',
          bgcolor: notice.read_at ? 'transparent' : 'primary.main',
        }}
      />
      <Box sx={{ minWidth: 0 }}>
        <Link to={pathOf(notice.link)} onClick={onOpen} dir="auto" sx={{ fontWeight: 550 }}>
          {notice.title}
        </Link>
        <Typography variant="body2" dir="auto">
          {notice.text}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {!notice.read_at && `${t('bell.unread')} · `}
          <Moment at={notice.created_at} />
        </Typography>
      </Box>
    </Box>
  );
}

export function Bell() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const queries = useQueryClient();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const query = useNotifications();
  const refresh = () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/notifications'] });
  const read = $api.useMutation('post', '/api/v1/notifications/{notification_id}/read', { onSuccess: refresh });
  const readAll = $api.useMutation('post', '/api/v1/notifications/read-all', { onSuccess: refresh });
  const unread = query.data?.items.filter(({ read_at }) => !read_at).length ?? 0;
  const close = () => {
    setAnchor(null);
  };
  const open = (notice: Schema<'NotificationView'>) => {
    if (!notice.read_at) read.mutate({ params: { path: { notification_id: notice.notification_id } } });
    close();
  };
  return (
    <>
      <IconButton
        aria-label={t('bell.label', { unread: format.number(unread) })}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Badge badgeContent={unread} max={MOST - 1} color="primary">
          <BellIcon size={18} />
        </Badge>
      </IconButton>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': t('bell.title'),
            sx: { width: 420, maxWidth: 'calc(100vw - 32px)', border: 1, borderColor: 'divider', px: 4, py: 3 },
          },
        }}
      >
        <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 36 }}>
          <Typography variant="h2" sx={{ flex: 1 }}>
            {t('bell.title')}
          </Typography>
          {unread > 0 && <Button onClick={() => readAll.mutate({})}>{t('bell.readAll')}</Button>}
        </Box>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('bell.empty')}</Empty>
            ) : (
              <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
                {items.map((notice) => (
                  <Item key={notice.notification_id} notice={notice} onOpen={() => open(notice)} />
                ))}
              </Box>
            )
          }
        </Loaded>
      </Popover>
    </>
  );
}
