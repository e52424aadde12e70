import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import CheckIcon from 'lucide-react/icons/circle-check';
import InfoIcon from 'lucide-react/icons/info';
import WarnIcon from 'lucide-react/icons/triangle-alert';

const LOOKS = {
  success: [CheckIcon, 'success.main'],
  info: [InfoIcon, 'info.main'],
  warning: [WarnIcon, 'warning.main'],
  error: [WarnIcon, 'error.main'],
} as const;

interface Props {
  tone: keyof typeof LOOKS;
  /** Read out as soon as it appears. */
  urgent?: boolean;
  action?: ReactNode;
  children: ReactNode;
}

/** Something to know, in a box: an icon and a colour say how grave it is. */
export function Note({ tone, urgent = false, action, children }: Props) {
  const [Icon, color] = LOOKS[tone];
  return (
    <Box
      role={urgent ? 'alert' : undefined}
      sx={{
        display: 'flex',
        gap: 3,
        my: 2,
        px: 3,
        py: 2.5,
        border: '1px solid',
        borderColor: color,
        borderRadius: 1,
        bgcolor: 'background.paper',
      }}
    >
      <Box aria-hidden sx={{ color, pt: 0.5, flex: 'none' }}>
        <Icon size={16} />
      </Box>
      <Box sx={{ minWidth: 0, flex: 1, overflowWrap: 'anywhere' }}>{children}</Box>
      {action}
    </Box>
  );
}
