import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import CloseIcon from 'lucide-react/icons/x';
import { Note } from '@/components/note';
import { dismissed, useStoreDispatch, useStoreSelector, type Notice } from '@/lib/store/store';

const STAYS_MS = 6000;

function Shown({ notice }: { notice: Notice }) {
  const { t } = useTranslation('common');
  const dispatch = useStoreDispatch();
  useEffect(() => {
    const timer = setTimeout(() => dispatch(dismissed(notice.id)), STAYS_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [dispatch, notice.id]);
  return (
    <Note
      tone={notice.tone}
      action={
        <IconButton size="small" aria-label={t('action.dismiss')} onClick={() => dispatch(dismissed(notice.id))}>
          <CloseIcon size={14} />
        </IconButton>
      }
    >
      {notice.text}
    </Note>
  );
}

/** What is said in passing, also to screen readers. */
export function Notices() {
  const notices = useStoreSelector((state) => state.notices);
  return (
    <Box
      role="status"
      sx={{
        position: 'fixed',
        insetBlockEnd: { xs: 72, sm: 24 },
        insetInlineEnd: 24,
        display: 'grid',
        gap: 2,
        zIndex: 1500,
        maxWidth: 'calc(100vw - 48px)',
      }}
    >
      {notices.map((notice) => (
        <Shown key={notice.id} notice={notice} />
      ))}
    </Box>
  );
}
