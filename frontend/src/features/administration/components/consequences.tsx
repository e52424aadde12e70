import Box from '@mui/material/Box';
import { Loaded } from '@/components/loaded';
import type { ReactNode } from 'react';

interface Props<Data> {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  children: (data: Data) => readonly ReactNode[];
}

/** What a removal will do, line by line, before it is done. */
export function Consequences<Data>({ query, children }: Props<Data>) {
  return (
    <Loaded query={query}>
      {(data) => (
        <Box component="ul" sx={{ m: 0, display: 'grid', gap: 1, paddingInlineStart: '20px' }}>
          {children(data).map((line, at) => (
            <li key={at}>{line}</li>
          ))}
        </Box>
      )}
    </Loaded>
  );
}
