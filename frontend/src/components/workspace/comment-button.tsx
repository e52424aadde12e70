import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import CommentIcon from 'lucide-react/icons/message-square';
import { useFormat } from '@/lib/format/use-format';
import { anchorOf } from './anchor';
import { ALL, countOf, useComments, useCommentsPanel } from './use-comments';

/** Opens, or closes, the comments of the project. */
export function CommentsButton({ projectId }: { projectId: string }) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const { open, show, close } = useCommentsPanel();
  const count = countOf(useComments(projectId).comments);
  return (
    <Button
      variant="outlined"
      aria-expanded={open !== undefined}
      startIcon={<CommentIcon size={15} aria-hidden />}
      onClick={() => {
        if (open === undefined) show(ALL);
        else close();
      }}
    >
      {count > 0 ? t('comments.count', { comments: format.number(count) }) : t('comments.title')}
    </Button>
  );
}

/** Opens the comments of a table, or of a field of it, in any step of the project that the address names. */
export function CommentButton({ table, field }: { table: string; field?: string }) {
  const { t } = useTranslation('workspace');
  const format = useFormat();
  const { projectId = '' } = useParams();
  const { show } = useCommentsPanel();
  const anchor = anchorOf(table, field);
  const count = countOf(useComments(projectId).comments, anchor);
  const what = field === undefined ? table : `${table}.${field}`;
  const label =
    count > 0 ? t('comments.ofCount', { what, comments: format.number(count) }) : t('comments.of', { what });
  return (
    <IconButton
      size="small"
      aria-label={label}
      onClick={() => {
        show(anchor);
      }}
      sx={{ fontSize: '0.8571rem', gap: 1, borderRadius: 1 }}
    >
      <CommentIcon size={14} aria-hidden />
      {count > 0 && format.number(count)}
    </IconButton>
  );
}
