import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, ifMatch, type Schema } from '@/lib/api/client';

export function RemoveWindow({ window, onClose }: { window: Schema<'WindowView'>; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/maintenance-windows/{window_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/maintenance-windows'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('windows.removeTitle', { name: window.name })}
      action={t('windows.remove')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { window_id: window.window_id }, header: ifMatch(window.version) } });
      }}
      onClose={onClose}
    >
      {window.mode === 'allow' ? t('windows.removeAllow') : t('windows.removeDeny')}
    </ConfirmDialog>
  );
}
