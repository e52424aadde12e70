import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, once } from '@/lib/api/client';
import { CommentForm } from './comment-form';
import { ALL } from './use-comments';

interface Props {
  projectId: string;
  /** Where the comment will stand. */
  anchor?: string;
  /** The comment that it answers. */
  answers?: string;
  onDone?: () => void;
}

export function WriteComment({ projectId, anchor = ALL, answers, onDone }: Props) {
  const { t } = useTranslation('workspace');
  const queries = useQueryClient();
  const [written, setWritten] = useState(0);
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/projects/{project_id}/comments', {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/comments'] });
      setWritten((count) => count + 1);
      onDone?.();
    },
  });
  return (
    <CommentForm
      key={written}
      projectId={projectId}
      label={answers ? t('comments.answer') : t('comments.write')}
      action={answers ? t('comments.answer') : t('comments.send')}
      focused={answers !== undefined}
      busy={isPending}
      error={error}
      onCancel={onDone}
      onSend={(text, mentions) => {
        mutate({
          params: { path: { project_id: projectId }, header: once() },
          body: {
            text,
            ...(mentions.length > 0 && { mentions }),
            ...(answers ? { parent_id: answers } : anchor !== ALL && { field: anchor }),
          },
        });
      }}
    />
  );
}
