import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Field } from '@/components/field';
import { useFields } from '@/components/use-fields';
import { $api } from '@/lib/api/client';
import { LinkDialog } from './link-dialog';
import { RoleTicks } from './role-ticks';

/** Invites somebody: their address and roles; the link is mailed, or shown to be handed on. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const [roles, setRoles] = useState<string[]>([]);
  const { mutate, isPending, error, data } = $api.useMutation('post', '/api/v1/invitations', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/invitations'] }),
  });
  const { bind, values } = useFields({ email: '' }, { error });
  if (data)
    return (
      <LinkDialog
        title={t('invitations.made', { email: data.invitation.email })}
        link={data.link ?? undefined}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      title={t('invitations.invite')}
      action={t('invitations.invite')}
      busy={isPending}
      error={error}
      disabled={!values.email.trim()}
      onConfirm={() => {
        mutate({ body: { email: values.email.trim(), roles } });
      }}
      onClose={onClose}
    >
      <Field label={t('users.email')} type="email" autoComplete="off" autoFocus {...bind('email')} />
      <RoleTicks chosen={roles} onChange={setRoles} />
    </ConfirmDialog>
  );
}
