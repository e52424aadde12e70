import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { $api, ifMatch } from '@/lib/api/client';
import { ErrorNote } from '../error-note';
import { Moment } from '../moment';
import { Person } from '../person';
import { Status } from '../status';
import { useCommentsAgain } from './own-comment';
import type { Comment } from './use-comments';

/** Says that a thread is resolved, and by whom. */
export function Resolved({ first }: { first: Comment }) {
  const { t } = useTranslation('workspace');
  if (!first.resolved_at) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, color: 'text.secondary' }}>
      <Status look="good">{t('comments.resolved')}</Status>
      <span>
        <Person name={first.resolved_by_name ?? ''} /> <Moment at={first.resolved_at} />
      </span>
    </Box>
  );
}

/** Resolves a thread, or opens it again, as it was seen. */
export function ResolveButton({ first }: { first: Comment }) {
  const { t } = useTranslation('workspace');
  const again = useCommentsAgain();
  const { mutate, isPending, error } = $api.useMutation(
    'patch',
    '/api/v1/projects/{project_id}/comments/{comment_id}',
    { onSuccess: again },
  );
  const { project_id, comment_id, version, resolved_at } = first;
  return (
    <>
      <Button
        size="small"
        sx={{ minWidth: 0, px: 1 }}
        loading={isPending}
        onClick={() => {
          mutate({
            params: { path: { project_id, comment_id }, header: ifMatch(version) },
            body: { resolved: !resolved_at },
          });
        }}
      >
        {resolved_at ? t('comments.reopen') : t('comments.resolve')}
      </Button>
      <ErrorNote error={error} reload={() => void again()} />
    </>
  );
}
