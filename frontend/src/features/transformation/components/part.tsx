import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** What holds for the whole plan, as a form. */
export function Part({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title}>
      <Typography variant="h2">{title}</Typography>
      <Box sx={{ color: 'text.secondary', mb: 4, maxWidth: '70ch' }}>{lead}</Box>
      {children}
    </Box>
  );
}

export const grid = {
  display: 'grid',
  columnGap: 4,
  gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, minmax(0, 1fr))' },
};
