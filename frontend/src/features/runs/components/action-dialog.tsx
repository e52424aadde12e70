import Box from '@mui/material/Box';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Loaded } from '@/components/loaded';
import { $api, client, once, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import { useRefreshRuns } from '../live/use-live-run';
import { isDangerous, type Action } from './run-actions';

function Names({ title, names }: { title: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <p>{title}</p>
      <Box component="ul" sx={{ maxHeight: 180, overflowY: 'auto', my: 1 }}>
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
      </Box>
    </>
  );
}

/** What undoing will remove and bring back. */
function UndoPreview({ runId }: { runId: string }) {
  const { t } = useTranslation('runs');
  const query = $api.useQuery(
    'get',
    '/api/v1/runs/{run_id}/undo-preview',
    { params: { path: { run_id: runId } } },
    { staleTime: 0 },
  );
  return (
    <Loaded query={query}>
      {({ drops, restores }) => (
        <>
          <Names title={t('undo.drops')} names={drops} />
          <Names title={t('undo.restores')} names={restores} />
          {drops.length + restores.length === 0 && <p>{t('undo.nothing')}</p>}
        </>
      )}
    </Loaded>
  );
}

const send = {
  approve: '/api/v1/runs/{run_id}/approve',
  reject: '/api/v1/runs/{run_id}/reject',
  pause: '/api/v1/runs/{run_id}/pause',
  resume: '/api/v1/runs/{run_id}/resume',
  retry: '/api/v1/runs/{run_id}/retry',
  cancel: '/api/v1/runs/{run_id}/cancel',
  undo: '/api/v1/runs/{run_id}/undo',
  accept: '/api/v1/runs/{run_id}/accept',
} as const;

/** Undoing in a production target wants the connection's name typed. */
function useTyped(run: Schema<'RunView'>, action: Action) {
  const writes = action === 'undo' || action === 'accept';
  const path = { connection_id: run.target_connection_id };
  const { data } = $api.useQuery(
    'get',
    '/api/v1/connections/{connection_id}',
    { params: { path } },
    { enabled: writes },
  );
  return writes && data?.production ? data.name : undefined;
}

export function ActionDialog({
  run,
  action,
  onClose,
}: {
  run: Schema<'RunView'>;
  action: Action;
  onClose: () => void;
}) {
  const { t } = useTranslation('runs');
  const notify = useNotify();
  const refresh = useRefreshRuns();
  const typed = useTyped(run, action);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.POST(send[action], { params: { path: { run_id: run.run_id }, header: once() }, body: { confirm: true } }),
    onSuccess: async () => {
      notify('info', t(`asked.${action}`));
      onClose();
      await refresh();
    },
  });
  return (
    <ConfirmDialog
      title={t(`ask.${action}.title`, { name: run.name })}
      action={t(`action.${action}`)}
      dangerous={isDangerous(action)}
      typed={typed}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate();
      }}
      onClose={onClose}
    >
      <p>{t(`ask.${action}.text`)}</p>
      {action === 'undo' && <UndoPreview runId={run.run_id} />}
    </ConfirmDialog>
  );
}
