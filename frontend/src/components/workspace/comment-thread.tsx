import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '@/lib/api/me';
import { Moment } from '../moment';
import { Person } from '../person';
import { nameOf } from './anchor';
import { partsOf } from './mention';
import { DeleteComment, EditComment } from './own-comment';
import { Resolved, ResolveButton } from './resolve';
import type { Comment, Thread } from './use-comments';
import { WriteComment } from './write-comment';

const plain = { minWidth: 0, px: 1 };

function Said({ comment, own }: { comment: Comment; own: boolean }) {
  const { t } = useTranslation('workspace');
  const [editing, setEditing] = useState(false);
  if (comment.deleted) return <Box sx={{ color: 'text.secondary' }}>{t('comments.deleted')}</Box>;
  return (
    <>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'baseline' }}>
        <strong>
          <Person name={comment.author} />
        </strong>
        <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.9286rem' }}>
          <Moment at={comment.created_at} /> {comment.edited_at && t('comments.edited')}
        </Box>
      </Box>
      {editing ? (
        <EditComment
          comment={comment}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : (
        <Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {partsOf(comment.text, comment.mentions).map(({ text, person }, index) =>
            person ? (
              <Box component="strong" key={index} sx={{ color: 'primary.main' }}>
                {text}
              </Box>
            ) : (
              text
            ),
          )}
        </Box>
      )}
      {own && !editing && (
        <Box sx={{ display: 'flex', gap: 1, marginInlineStart: -1 }}>
          <Button
            size="small"
            sx={plain}
            onClick={() => {
              setEditing(true);
            }}
          >
            {t('comments.edit')}
          </Button>
          <DeleteComment comment={comment} />
        </Box>
      )}
    </>
  );
}

interface Props {
  projectId: string;
  thread: Thread;
  /** Says what it is about: where all comments stand together. */
  onShow?: ((anchor: string) => void) | undefined;
}

/** A comment with its answers. */
export function CommentThread({ projectId, thread: { first, answers }, onShow }: Props) {
  const { t } = useTranslation('workspace');
  const { data: me } = useMe();
  const mayComment = useMay()('projects.comment');
  const [answering, setAnswering] = useState(false);
  const own = (comment: Comment) => mayComment && comment.author_id === me?.user_id;
  return (
    <Box component="li" sx={{ py: 3, borderBlockStart: '1px solid', borderColor: 'divider' }}>
      {onShow && first.field && (
        <Button
          size="small"
          aria-label={t('comments.of', { what: nameOf(first.field) })}
          onClick={() => {
            onShow(first.field);
          }}
          sx={{ ...plain, marginInlineStart: -1, maxWidth: '100%', overflowWrap: 'anywhere', textAlign: 'start' }}
        >
          <code dir="ltr">{nameOf(first.field)}</code>
        </Button>
      )}
      <Resolved first={first} />
      <Said comment={first} own={own(first)} />
      {answers.length > 0 && (
        <Box
          component="ol"
          aria-label={t('comments.answers')}
          sx={{
            listStyle: 'none',
            m: 0,
            mt: 2,
            p: 0,
            paddingInlineStart: 3,
            borderInlineStart: '2px solid',
            borderColor: 'divider',
            display: 'grid',
            gap: 2,
          }}
        >
          {answers.map((answer) => (
            <li key={answer.comment_id}>
              <Said comment={answer} own={own(answer)} />
            </li>
          ))}
        </Box>
      )}
      {answering ? (
        <Box sx={{ mt: 2 }}>
          <WriteComment
            projectId={projectId}
            answers={first.comment_id}
            onDone={() => {
              setAnswering(false);
            }}
          />
        </Box>
      ) : (
        mayComment && (
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, marginInlineStart: -1 }}>
            <Button
              size="small"
              sx={plain}
              onClick={() => {
                setAnswering(true);
              }}
            >
              {t('comments.answer')}
            </Button>
            <ResolveButton first={first} />
          </Box>
        )
      )}
    </Box>
  );
}
