import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Names and values, one a line. */
export function Facts({ items }: { items: readonly [name: string, value: ReactNode][] }) {
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'max-content 1fr' },
        columnGap: 6,
        rowGap: { xs: 0, sm: 2 },
        m: 0,
      }}
    >
      {items.map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary', fontSize: { xs: '0.9286rem', sm: '1rem' } }}>
            {name}
          </Box>
          {/* On a phone a value stands under its name, and nearer to it than to the next. */}
          <Box component="dd" sx={{ m: 0, mb: { xs: 3, sm: 0 }, overflowWrap: 'anywhere' }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
