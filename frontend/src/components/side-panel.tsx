import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import CloseIcon from 'lucide-react/icons/x';

const HEADER = 48;
const LINE = '1px solid var(--miq-palette-divider)';

interface Props {
  title: ReactNode;
  /** Under the title, in one line. */
  lead?: ReactNode;
  /** Beside the button that closes it. */
  actions?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** Gets the focus when it opens and gives it back to what had it; Escape closes it from inside. */
function useFocusOf(heading: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const before = document.activeElement;
    const own = heading.current;
    own?.focus({ preventScroll: true });
    return () => {
      const inside = own?.closest('aside')?.contains(document.activeElement) ?? false;
      const lost = document.activeElement === document.body || document.activeElement === null;
      if ((inside || lost) && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, [heading]);
}

const place = {
  position: { xs: 'fixed', lg: 'sticky' },
  insetBlockStart: { xs: 0, sm: HEADER, lg: HEADER + 16 },
  insetInlineEnd: 0,
  insetBlockEnd: { xs: 0, lg: 'auto' },
  // On a phone it is the whole screen.
  zIndex: { xs: 1100, sm: 9, lg: 'auto' },
  width: { xs: '100%', sm: 440, lg: 420 },
  maxHeight: { lg: `calc(100dvh - ${String(HEADER + 32)}px)` },
  flex: 'none',
  alignSelf: 'flex-start',
};

/**
 * Details beside what they are about: the page stays usable. Give it a `key` of what it shows, so that another thing is
 * read out anew. Beside the page where there is room (`Beside`), over its end where not.
 */
export function SidePanel({ title, lead, actions, onClose, children }: Props) {
  const { t } = useTranslation('common');
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusOf(heading);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isDefaultPrevented()) return;
    event.preventDefault();
    onClose();
  };
  return (
    <Box
      component="aside"
      aria-labelledby={id}
      onKeyDown={closeOnEscape}
      sx={{
        ...place,
        display: 'flex',
        flexDirection: 'column',
        border: { lg: LINE },
        borderInlineStart: LINE,
        borderRadius: { lg: 1 },
        bgcolor: 'background.paper',
        '@media print': { display: 'none' },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, px: 4, pt: 3, pb: 2 }}>
        <Box sx={{ flex: '1 1 auto', minWidth: 0 }}>
          <Typography
            variant="h2"
            id={id}
            ref={heading}
            tabIndex={-1}
            sx={{ outline: 'none', overflowWrap: 'anywhere', minHeight: 32, display: 'flex', alignItems: 'center' }}
          >
            <bdi>{title}</bdi>
          </Typography>
          {lead && (
            <Typography component="div" variant="body2" color="textSecondary">
              {lead}
            </Typography>
          )}
        </Box>
        {actions}
        <IconButton aria-label={t('action.close')} onClick={onClose} size="small" sx={{ width: 32, height: 32 }}>
          <CloseIcon size={16} aria-hidden />
        </IconButton>
      </Box>
      <Box tabIndex={0} role="group" aria-labelledby={id} sx={{ overflowY: 'auto', minHeight: 0, px: 4, pt: 2, pb: 4 }}>
        {children}
      </Box>
    </Box>
  );
}

/** A page's content with a side panel next to it, when there is one. */
export function Beside({ side, children }: { side: ReactNode; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 5, alignItems: 'stretch' }}>
      <Box sx={{ flex: '1 1 auto', minWidth: 0 }}>{children}</Box>
      {side}
    </Box>
  );
}
