import Box from '@mui/material/Box';
import ArrowIcon from 'lucide-react/icons/arrow-right';

/** From one to the other, in the direction of reading. */
export function Arrow({ label, size = 12 }: { label?: string; size?: number }) {
  return (
    <Box component="span" sx={{ color: 'text.secondary', px: 1, '[dir=rtl] & svg': { transform: 'scaleX(-1)' } }}>
      <ArrowIcon size={size} {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })} />
    </Box>
  );
}
