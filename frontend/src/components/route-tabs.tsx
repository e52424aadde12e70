import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';

export interface RouteTab {
  to: string;
  label: string;
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

/** Tabs that are pages: links, with the address as their state. */
export function RouteTabs({ label, tabs }: { label: string; tabs: readonly RouteTab[] }) {
  return (
    <Box
      component="nav"
      aria-label={label}
      sx={{
        display: 'flex',
        overflowX: 'auto',
        borderBlockEnd: '1px solid',
        borderColor: 'divider',
        mb: 5,
        mx: { xs: -4, sm: 0 },
      }}
    >
      {tabs.map(({ to, label: text, badge }) => (
        <Box key={to} component={NavLink} to={to} end sx={tab}>
          {text}
          {badge}
        </Box>
      ))}
    </Box>
  );
}
