import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { $api, client, ifMatch, type Schema } from '@/lib/api/client';
import { LinkDialog } from './link-dialog';
import { RoleTicks } from './role-ticks';

type User = Schema<'UserView'>;
const refreshed = ['get', '/api/v1/users'];

/** What may be done about somebody: their roles, a new password, their second factor, letting them in or not. */
function useActions(user: User, onClose: () => void) {
  const queries = useQueryClient();
  const path = { user_id: user.user_id };
  const options = {
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: refreshed }),
  };
  return {
    save: $api.useMutation('patch', '/api/v1/users/{user_id}', options),
    enable: useMutation({
      ...options,
      mutationFn: () =>
        client.POST(user.state === 'active' ? '/api/v1/users/{user_id}/disable' : '/api/v1/users/{user_id}/enable', {
          params: { path },
        }),
    }),
    removeTotp: useMutation({
      ...options,
      mutationFn: () => client.DELETE('/api/v1/users/{user_id}/totp', { params: { path } }),
    }),
    reset: $api.useMutation('post', '/api/v1/users/{user_id}/reset-link'),
  };
}

export function UserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation('administration');
  const [roles, setRoles] = useState(user.roles);
  const { save, enable, removeTotp, reset } = useActions(user, onClose);
  const path = { user_id: user.user_id };
  if (reset.data)
    return <LinkDialog title={t('users.resetTitle', { name: user.name })} link={reset.data.link} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} aria-labelledby="user-title" fullWidth maxWidth="sm">
      <DialogTitle id="user-title">{user.name}</DialogTitle>
      <DialogContent>
        <p>
          <bdi>{user.email}</bdi>
        </p>
        <RoleTicks chosen={roles} onChange={setRoles} />
        <ErrorNote error={save.error ?? enable.error ?? removeTotp.error ?? reset.error} />
        <Button
          variant="outlined"
          loading={reset.isPending}
          onClick={() => {
            reset.mutate({ params: { path } });
          }}
          sx={{ marginInlineEnd: 2, mb: 2 }}
        >
          {t('users.reset')}
        </Button>
        <Button
          variant="outlined"
          loading={removeTotp.isPending}
          onClick={() => {
            removeTotp.mutate();
          }}
          sx={{ marginInlineEnd: 2, mb: 2 }}
        >
          {t('users.removeTotp')}
        </Button>
        <Button
          variant="outlined"
          color="error"
          loading={enable.isPending}
          onClick={() => {
            enable.mutate();
          }}
          sx={{ mb: 2 }}
        >
          {user.state === 'active' ? t('users.disable') : t('users.enable')}
        </Button>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
        <Button
          variant="contained"
          loading={save.isPending}
          onClick={() => {
            save.mutate({ params: { path, header: ifMatch(user.version) }, body: { roles } });
          }}
        >
          {t('users.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
