import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Tick } from '@/components/tick';
import { useFields } from '@/components/use-fields';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';

type Connection = Schema<'ConnectionView'>;
const labelsOf = (text: string) =>
  text
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);

/** Only what was changed is sent; the stored password stays as long as `***` does. */
function changesOf(
  connection: Connection,
  { name, url, description, labels }: Record<'name' | 'url' | 'description' | 'labels', string>,
  production: boolean,
) {
  return {
    ...(name.trim() !== connection.name && { name: name.trim() }),
    ...(url.trim() !== connection.url && { url: url.trim() }),
    ...(description !== connection.description && { description }),
    ...(labels !== connection.labels.join(', ') && { labels: labelsOf(labels) }),
    ...(production !== connection.production && { production }),
  };
}

function Form({
  connection,
  onClose,
  onReload,
}: {
  connection: Connection;
  onClose: () => void;
  onReload: () => void;
}) {
  const { t } = useTranslation('connections');
  const notify = useNotify();
  const queries = useQueryClient();
  const [production, setProduction] = useState(connection.production);
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/connections/{connection_id}', {
    onSuccess: async () => {
      notify('success', t('edit.done'));
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/connections/{connection_id}'] });
    },
  });
  const initial = {
    name: connection.name,
    url: connection.url,
    description: connection.description,
    labels: connection.labels.join(', '),
  };
  const { bind, submit } = useFields(initial, { required: ['name', 'url'], error });
  return (
    <>
      <DialogContent>
        <form
          id="edit-connection"
          noValidate
          onSubmit={submit((values) => {
            const params = { path: { connection_id: connection.connection_id }, header: ifMatch(connection.version) };
            mutate({ params, body: changesOf(connection, values, production) });
          })}
        >
          <Field label={t('name')} autoFocus {...bind('name')} />
          <Field
            label={t('url')}
            hint={t('edit.urlHint')}
            {...bind('url')}
            inputProps={{ dir: 'ltr', spellCheck: false }}
          />
          <Field label={t('description')} multiline minRows={2} {...bind('description')} />
          <Field label={t('labels')} hint={t('labelsHint')} {...bind('labels')} />
          <Tick label={t('production')} hint={t('productionHint')} checked={production} onChange={setProduction} />
          <ErrorNote error={error} reload={onReload} />
        </form>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" form="edit-connection" variant="contained" loading={isPending}>
          {t('edit.save')}
        </Button>
      </DialogActions>
    </>
  );
}

export function EditConnection({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const queries = useQueryClient();
  // What stands in the form is based on one version; another one comes only by asking for it.
  const [base, setBase] = useState(connection);
  const reload = async () => {
    const options = $api.queryOptions('get', '/api/v1/connections/{connection_id}', {
      params: { path: { connection_id: base.connection_id } },
    });
    setBase(await queries.fetchQuery({ ...options, staleTime: 0 }));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="edit-title" fullWidth maxWidth="sm">
      <DialogTitle id="edit-title">{t('edit.title')}</DialogTitle>
      <Form key={base.version} connection={base} onClose={onClose} onReload={() => void reload()} />
    </Dialog>
  );
}
