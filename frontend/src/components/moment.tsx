import Box from '@mui/material/Box';
import { useFormat } from '@/lib/format/use-format';
import { useNow } from '@/lib/format/use-now';

/** "5 minutes ago", with the exact time on hover. */
export function Moment({ at }: { at: string | null | undefined }) {
  const format = useFormat();
  const now = useNow();
  if (!at) return <>–</>;
  return (
    <Box component="time" dateTime={at} title={format.dateTime(at)} sx={{ whiteSpace: 'nowrap' }}>
      {format.relative(at, now)}
    </Box>
  );
}
