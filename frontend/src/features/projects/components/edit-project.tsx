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
import { useFields } from '@/components/use-fields';
import { useEditing } from '@/components/workspace/use-editing';
import { $api, ifMatch, type Schema } from '@/lib/api/client';

type Project = Schema<'ProjectView'>;

function Form({ project, onClose, onReload }: { project: Project; onClose: () => void; onReload: () => void }) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('patch', '/api/v1/projects/{project_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}'] });
    },
  });
  const { bind, submit } = useFields(
    { name: project.name, description: project.description, labels: project.labels.join(', ') },
    { required: ['name'], error },
  );
  return (
    <>
      <DialogContent>
        <form
          id="edit-project"
          noValidate
          onSubmit={submit(({ name, description, labels }) => {
            const params = { path: { project_id: project.project_id }, header: ifMatch(project.version) };
            const list = labels
              .split(',')
              .map((label) => label.trim())
              .filter(Boolean);
            mutate({ params, body: { name: name.trim(), description, labels: list } });
          })}
        >
          <Field label={t('name')} autoFocus {...bind('name')} />
          <Field label={t('description')} multiline minRows={3} {...bind('description')} />
          <Field label={t('labels')} hint={t('labelsHint')} {...bind('labels')} />
          <ErrorNote error={error} reload={onReload} />
        </form>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="submit" form="edit-project" variant="contained" loading={isPending}>
          {t('edit.save')}
        </Button>
      </DialogActions>
    </>
  );
}

export function EditProject({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  useEditing(project.name);
  // What stands in the form is based on one version; another one comes only by asking for it.
  const [base, setBase] = useState(project);
  const reload = async () => {
    const options = $api.queryOptions('get', '/api/v1/projects/{project_id}', {
      params: { path: { project_id: base.project_id } },
    });
    setBase(await queries.fetchQuery({ ...options, staleTime: 0 }));
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby="edit-title" fullWidth maxWidth="sm">
      <DialogTitle id="edit-title">{t('edit.title')}</DialogTitle>
      <Form key={base.version} project={base} onClose={onClose} onReload={() => void reload()} />
    </Dialog>
  );
}
