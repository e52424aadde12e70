import Box from '@mui/material/Box';
import { useFormat } from '@/lib/format/use-format';
import type { Pair } from './differences';

/** How much more or less the second one has; nothing where they are equal. */
export function Change({ a, b, countable = true }: Pair & { countable?: boolean }) {
  const format = useFormat();
  if (a === undefined || b === undefined || a === b) return <>–</>;
  return (
    <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
      {countable && format.signed(b - a)}{' '}
      {a !== 0 && (
        <Box component="span" sx={{ color: countable ? 'text.secondary' : undefined }}>
          {format.signedPercent((b - a) / a)}
        </Box>
      )}
    </Box>
  );
}
