import Box from '@mui/material/Box';
import { useRef, type ReactNode } from 'react';
import { Link, NavLink } from 'react-router';
import { useActiveInView } from './use-active-in-view';

export interface RouteTab {
  /** Nothing: the page is not there (yet). */
  to?: string;
  label: string;
  /** Whether one is there, where the address alone does not say it. */
  current?: boolean;
  /** A state or a count of what is left. */
  badge?: ReactNode;
}

const tab = {
  display: 'inline-flex',
  gap: 2,
  alignItems: 'center',
  minHeight: 40,
  px: 3,
  color: 'text.secondary',
  textDecoration: 'none',
  fontWeight: 550,
  whiteSpace: 'nowrap',
  borderBlockEnd: '2px solid transparent',
  '&:hover': { color: 'text.primary' },
  '&.active': { color: 'primary.main', borderColor: 'primary.main' },
};

function Tab({ to, label, current, badge }: RouteTab) {
  const inside = (
    <>
      {label}
      {badge && ' '}
      {badge}
    </>
  );
  if (to === undefined) {
    return (
      <Box component="span" aria-disabled sx={{ ...tab, '&:hover': {} }}>
        {inside}
      </Box>
    );
  }
  if (current !== undefined) {
    const here = current ? ({ className: 'active', 'aria-current': 'page' } as const) : {};
    return (
      <Box component={Link} to={to} sx={tab} {...here}>
        {inside}
      </Box>
    );
  }
  return (
    <Box component={NavLink} to={to} end sx={tab}>
      {inside}
    </Box>
  );
}

/** Tabs that are pages: links, with the address as their state. */
export function RouteTabs({ label, tabs }: { label: string; tabs: readonly RouteTab[] }) {
  const bar = useRef<HTMLElement>(null);
  const widths = tabs.map(({ badge }) => Boolean(badge)).join();
  useActiveInView(bar, widths);
  return (
    <Box
      component="nav"
      ref={bar}
      aria-label={label}
      sx={{
        display: 'flex',
        overflowX: 'auto',
        '@media print': { display: 'none' },
        // What only readers hear stays inside.
        position: 'relative',
        borderBlockEnd: '1px solid',
        borderColor: 'divider',
        mb: 5,
        mx: { xs: -4, sm: 0 },
      }}
    >
      {tabs.map((each) => (
        <Tab key={each.label} {...each} />
      ))}
    </Box>
  );
}
