import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import BlockIcon from 'lucide-react/icons/circle-slash';
import CheckIcon from 'lucide-react/icons/circle-check';
import CircleIcon from 'lucide-react/icons/circle';
import ClockIcon from 'lucide-react/icons/clock';
import CrossIcon from 'lucide-react/icons/circle-x';
import InfoIcon from 'lucide-react/icons/info';
import PauseIcon from 'lucide-react/icons/circle-pause';
import PlayIcon from 'lucide-react/icons/circle-play';
import UndoIcon from 'lucide-react/icons/undo-2';
import WarnIcon from 'lucide-react/icons/triangle-alert';

const LOOKS = {
  good: [CheckIcon, 'success.main'],
  bad: [CrossIcon, 'error.main'],
  warning: [WarnIcon, 'warning.main'],
  info: [InfoIcon, 'info.main'],
  busy: [PlayIcon, 'info.main'],
  paused: [PauseIcon, 'warning.main'],
  waiting: [ClockIcon, 'text.secondary'],
  off: [BlockIcon, 'text.secondary'],
  undone: [UndoIcon, 'altered.main'],
  plain: [CircleIcon, 'text.secondary'],
} as const;

export type Look = keyof typeof LOOKS;

/** A state: icon, word and colour together. */
export function Status({ look, children }: { look: Look; children: ReactNode }) {
  const [Icon, color] = LOOKS[look];
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5, color, whiteSpace: 'nowrap' }}>
      <Icon size={15} aria-hidden style={{ flexShrink: 0 }} />
      {children}
    </Box>
  );
}
