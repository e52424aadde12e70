import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { $api, type Schema } from '@/lib/api/client';

interface Props {
  projectId: string;
  member: Schema<'MemberView'>;
  onClose: () => void;
}

export function RemoveMember({ projectId, member, onClose }: Props) {
  const { t } = useTranslation('projects');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/projects/{project_id}/members/{grant_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/members'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('members.removeTitle', { name: member.name })}
      action={t('members.remove')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { project_id: projectId, grant_id: member.grant_id } } });
      }}
      onClose={onClose}
    >
      {t('members.removeText')}
    </ConfirmDialog>
  );
}
