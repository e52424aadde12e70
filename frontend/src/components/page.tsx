import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { createContext, use, useEffect, useRef, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Crumbs, type Crumb } from './crumbs';

/** Where the frame wants the breadcrumbs of the page. */
export const CrumbSlot = createContext<HTMLElement | null>(null);

interface Props {
  title: string;
  /** What the breadcrumbs call it, when not by its title. */
  here?: string;
  /** The pages above this one. */
  crumbs?: readonly Crumb[];
  /** What the browser's tab calls it, when not by its title. */
  tab?: string;
  /** Takes the width there is. */
  wide?: boolean;
  /** Beside the title: what can be done here. */
  actions?: ReactNode;
  /** Under the title, in one line. */
  lead?: ReactNode;
  children: ReactNode;
}

const isWriting = (element: Element | null) => element?.matches('input, select, textarea, [role=dialog] *') ?? false;

/**
 * Gives the focus when the page is painted: before, the browser would have to lay it out in the middle of what draws it.
 * Not when it went elsewhere meanwhile.
 */
function whenPainted(focus: () => void) {
  const before = document.activeElement;
  const frame = requestAnimationFrame(() => {
    setTimeout(() => {
      const now = document.activeElement;
      if ((now === before || now === document.body) && !isWriting(now)) focus();
    });
  });
  return () => {
    cancelAnimationFrame(frame);
  };
}

/** A page of the app: title of the document, breadcrumbs, heading that gets the focus when one arrives. */
export function Page({ title, here = title, tab = title, wide = false, crumbs = [], actions, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const slot = use(CrumbSlot);
  useEffect(() => {
    document.title = `${tab} · MigrateIQ`;
  }, [tab]);
  useEffect(() => whenPainted(() => heading.current?.focus({ preventScroll: true })), []);
  return (
    <Box sx={{ px: { xs: 4, sm: 6 }, py: 5, maxWidth: wide ? 1920 : 1440, width: '100%', mx: 'auto' }}>
      {slot && createPortal(<Crumbs items={[...crumbs, { label: here }]} />, slot)}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, alignItems: 'center', mb: lead ? 1 : 5 }}>
        <Typography variant="h1" ref={heading} tabIndex={-1} sx={{ flex: '1 1 auto', outline: 'none', minWidth: 0 }}>
          <bdi>{title}</bdi>
        </Typography>
        {actions}
      </Box>
      {lead && (
        <Typography component="div" color="textSecondary" sx={{ mb: 5 }}>
          {lead}
        </Typography>
      )}
      {children}
    </Box>
  );
}
