import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, ifMatch, type Schema } from '@/lib/api/client';

export function ArchiveProject({ project, onClose }: { project: Schema<'ProjectView'>; onClose: () => void }) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/projects/{project_id}/state', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}'] });
    },
  });
  return (
    <ConfirmDialog
      title={t('archive.title', { name: project.name })}
      action={t('archive.action')}
      typed={project.name}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({
          params: { path: { project_id: project.project_id }, header: ifMatch(project.version) },
          body: { state: 'archived' },
        });
      }}
      onClose={onClose}
    >
      {t('archive.text')}
    </ConfirmDialog>
  );
}
