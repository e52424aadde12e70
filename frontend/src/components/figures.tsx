import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

export interface Figure {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
}

/** A few numbers with their names, in one line where there is room. */
export function Figures({ items }: { items: readonly Figure[] }) {
  return (
    <Box
      component="dl"
      sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))', gap: 4, m: 0 }}
    >
      {items.map(({ label, value, hint }) => (
        <Box key={label} sx={{ minWidth: 0 }}>
          <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.9286rem' }}>
            {label}
          </Box>
          <Box component="dd" sx={{ m: 0, fontSize: '1.2857rem', fontWeight: 600, whiteSpace: 'nowrap' }}>
            {value}
          </Box>
          {hint && (
            <Box component="dd" sx={{ m: 0, color: 'text.secondary', fontSize: '0.9286rem' }}>
              {hint}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}
