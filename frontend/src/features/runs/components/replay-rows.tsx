import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, once, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import { useRefreshRuns } from '../live/use-live-run';

/** Sends the refused rows to the target again, as they are edited now. */
export function ReplayRows({ run, onClose }: { run: Schema<'RunView'>; onClose: () => void }) {
  const { t } = useTranslation('runs');
  const notify = useNotify();
  const refresh = useRefreshRuns();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/runs/{run_id}/quarantine/replay', {
    onSuccess: async ({ waiting_for }) => {
      notify('info', waiting_for === 'approval' ? t('pending.replay') : t('quarantine.replaying'));
      onClose();
      await refresh();
    },
  });
  return (
    <ConfirmDialog
      title={t('quarantine.replay')}
      action={t('quarantine.replay')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { run_id: run.run_id }, header: once() }, body: {} });
      }}
      onClose={onClose}
    >
      {t('quarantine.replayText')}
    </ConfirmDialog>
  );
}
