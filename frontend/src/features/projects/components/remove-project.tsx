import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, ifMatch, type Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';

export function RemoveProject({ project, onClose }: { project: Schema<'ProjectView'>; onClose: () => void }) {
  const { t } = useTranslation('projects');
  const navigate = useNavigate();
  const notify = useNotify();
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/projects/{project_id}', {
    onSuccess: async () => {
      notify('success', t('remove.done', { name: project.name }));
      await navigate('/projects');
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('remove.title', { name: project.name })}
      action={t('remove.action')}
      typed={project.name}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { project_id: project.project_id }, header: ifMatch(project.version) } });
      }}
      onClose={onClose}
    >
      {t('remove.text')}
    </ConfirmDialog>
  );
}
