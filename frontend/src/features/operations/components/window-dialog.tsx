import Dialog from '@mui/material/Dialog';
import DialogTitle from '@mui/material/DialogTitle';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, type Schema } from '@/lib/api/client';
import { WindowForm } from './window-form';

type Window = Schema<'WindowView'>;
const PATH = '/api/v1/maintenance-windows/{window_id}';

interface Props {
  /** Nothing for a new one. */
  window?: Window;
  connections: readonly Schema<'ConnectionView'>[];
  onClose: () => void;
}

/** A maintenance window, new or changed. */
export function WindowDialog({ window, connections, onClose }: Props) {
  const { t } = useTranslation('operations');
  const queries = useQueryClient();
  // What stands in the form is based on one version; another one comes only by asking for it.
  const [base, setBase] = useState(window);
  const reload = async () => {
    if (!base) return;
    const options = $api.queryOptions('get', PATH, { params: { path: { window_id: base.window_id } } });
    setBase(await queries.fetchQuery({ ...options, staleTime: 0 }));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="window-title" fullWidth maxWidth="sm">
      <DialogTitle id="window-title">
        {base ? t('windows.editTitle', { name: base.name }) : t('windows.newTitle')}
      </DialogTitle>
      <WindowForm
        key={base?.version}
        window={base}
        connections={connections}
        onClose={onClose}
        onReload={() => void reload()}
      />
    </Dialog>
  );
}
