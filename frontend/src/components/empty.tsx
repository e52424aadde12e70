import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Nothing here: one sentence, and what to do next. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Box sx={{ py: 8, px: 4, textAlign: 'center', color: 'text.secondary' }}>
      <Box sx={{ maxWidth: '60ch', mx: 'auto', mb: action ? 4 : 0 }}>{children}</Box>
      {action}
    </Box>
  );
}
