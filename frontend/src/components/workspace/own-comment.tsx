import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, ifMatch } from '@/lib/api/client';
import { ConfirmDialog } from '../confirm-dialog';
import { CommentForm } from './comment-form';
import type { Comment } from './use-comments';

const paramsOf = ({ project_id, comment_id, version }: Comment) => ({
  path: { project_id, comment_id },
  header: ifMatch(version),
});

/** Loads the comments again. */
export function useCommentsAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/projects/{project_id}/comments'] });
}

/** Changing one's own comment, based on the version that was seen when one began. */
export function EditComment({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  const { t } = useTranslation('workspace');
  const again = useCommentsAgain();
  const [base, setBase] = useState(comment);
  const { mutate, isPending, error } = $api.useMutation(
    'patch',
    '/api/v1/projects/{project_id}/comments/{comment_id}',
    {
      onSuccess: async () => {
        onClose();
        await again();
      },
    },
  );
  return (
    <CommentForm
      key={base.version}
      projectId={base.project_id}
      named={base.mentions}
      label={t('comments.edit')}
      action={t('comments.save')}
      text={base.text}
      focused
      busy={isPending}
      error={error}
      onCancel={onClose}
      reload={() => {
        setBase(comment);
        void again();
      }}
      onSend={(text, mentions) => {
        mutate({ params: paramsOf(base), body: { text, mentions } });
      }}
    />
  );
}

export function DeleteComment({ comment }: { comment: Comment }) {
  const { t } = useTranslation('workspace');
  const again = useCommentsAgain();
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = $api.useMutation(
    'delete',
    '/api/v1/projects/{project_id}/comments/{comment_id}',
    { onSuccess: again },
  );
  return (
    <>
      <Button
        size="small"
        sx={{ minWidth: 0, px: 1 }}
        onClick={() => {
          setAsked(true);
        }}
      >
        {t('comments.delete')}
      </Button>
      {asked && (
        <ConfirmDialog
          title={t('comments.deleteTitle')}
          action={t('comments.delete')}
          dangerous
          busy={isPending}
          error={error}
          onConfirm={() => {
            mutate({ params: paramsOf(comment) });
          }}
          onClose={() => {
            setAsked(false);
          }}
        >
          {t('comments.deleteText')}
        </ConfirmDialog>
      )}
    </>
  );
}
