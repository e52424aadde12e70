import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  tone: 'warning.main' | 'info.main';
  action?: ReactNode;
  children: ReactNode;
}

/** A line above all pages, as long as it is true. */
export function Bar({ icon, tone, action, children }: Props) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 2,
        rowGap: 1,
        px: { xs: 4, sm: 6 },
        py: 1.5,
        borderBlockEnd: '1px solid',
        borderColor: tone,
        bgcolor: 'background.paper',
      }}
    >
      <Box component="span" sx={{ color: tone, display: 'inline-flex', flex: 'none' }}>
        {icon}
      </Box>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>{children}</Box>
      {action}
    </Box>
  );
}
