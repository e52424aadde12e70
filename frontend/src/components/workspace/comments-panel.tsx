import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/lib/api/me';
import { Empty } from '../empty';
import { Loaded } from '../loaded';
import { SidePanel } from '../side-panel';
import { nameOf } from './anchor';
import { CommentThread } from './comment-thread';
import { ALL, threadsOf, useComments, useCommentsPanel } from './use-comments';
import { WriteComment } from './write-comment';

/** What people say about the project, or about a table or field of it; beside every step. */
export default function CommentsPanel({ projectId, anchor }: { projectId: string; anchor: string }) {
  const { t } = useTranslation('workspace');
  const mayComment = useMay()('projects.comment');
  const { show, close } = useCommentsPanel();
  const { query, comments } = useComments(projectId);
  const threads = threadsOf(comments, anchor);
  const all = anchor === ALL;
  return (
    <SidePanel
      key={anchor}
      title={t('comments.title')}
      lead={
        !all && (
          <>
            <code dir="ltr">{nameOf(anchor)}</code>{' '}
            <Button
              size="small"
              onClick={() => {
                show(ALL);
              }}
            >
              {t('comments.all')}
            </Button>
          </>
        )
      }
      onClose={close}
    >
      {mayComment && <WriteComment projectId={projectId} anchor={anchor} />}
      <Loaded query={query}>
        {() =>
          threads.length === 0 ? (
            <Empty>{t('comments.none')}</Empty>
          ) : (
            <Box
              component="ol"
              aria-label={t('comments.title')}
              aria-live="polite"
              sx={{ listStyle: 'none', m: 0, mt: 4, p: 0 }}
            >
              {threads.toReversed().map((thread) => (
                <CommentThread
                  key={thread.first.comment_id}
                  projectId={projectId}
                  thread={thread}
                  onShow={all ? show : undefined}
                />
              ))}
            </Box>
          )
        }
      </Loaded>
    </SidePanel>
  );
}
