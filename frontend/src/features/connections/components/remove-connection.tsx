import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';

export function RemoveConnection({
  connection,
  onClose,
}: {
  connection: Schema<'ConnectionView'>;
  onClose: () => void;
}) {
  const { t } = useTranslation('connections');
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/connections/{connection_id}', {
    onSuccess: async () => {
      notify('success', t('remove.done', { name: connection.name }));
      await navigate('/connections');
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/connections'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('remove.title', { name: connection.name })}
      action={t('remove.action')}
      typed={connection.production ? connection.name : undefined}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { connection_id: connection.connection_id }, header: ifMatch(connection.version) } });
      }}
      onClose={onClose}
    >
      {t('remove.text')}
    </ConfirmDialog>
  );
}
