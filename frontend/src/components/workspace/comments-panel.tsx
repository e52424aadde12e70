import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { Empty } from '../empty';
import { Loaded } from '../loaded';
import { SelectField } from '../select-field';
import { SidePanel } from '../side-panel';
import { nameOf } from './anchor';
import { CommentThread } from './comment-thread';
import { ALL, STATES, threadsIn, threadsOf, useComments, useCommentsPanel, type ThreadState } from './use-comments';
import { WriteComment } from './write-comment';

/** What people say about the project, or about a table or field of it; beside every step. */
export default function CommentsPanel({ projectId, anchor }: { projectId: string; anchor: string }) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const mayComment = useMay()('projects.comment');
  const { show, close, state, showState } = useCommentsPanel();
  const { query, comments } = useComments(projectId);
  const all = threadsOf(comments, anchor);
  const threads = threadsIn(all, state);
  const whole = anchor === ALL;
  return (
    <SidePanel
      key={anchor}
      title={t('comments.title')}
      lead={
        !whole && (
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
      <Box sx={{ mb: 4 }}>
        <SelectField
          inline
          label={t('comments.show')}
          value={state}
          onChange={(value) => {
            showState(value as ThreadState);
          }}
          options={STATES.map((each) => ({
            value: each,
            label: t(`comments.state.${each}`, { threads: format.number(threadsIn(all, each).length) }),
          }))}
        />
      </Box>
      {mayComment && <WriteComment projectId={projectId} anchor={anchor} />}
      <Loaded query={query}>
        {() =>
          threads.length === 0 ? (
            <Empty>{all.length === 0 || state === 'every' ? t('comments.none') : t(`comments.noneOf.${state}`)}</Empty>
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
                  onShow={whole ? show : undefined}
                />
              ))}
            </Box>
          )
        }
      </Loaded>
    </SidePanel>
  );
}
