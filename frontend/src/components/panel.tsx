import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

interface Props {
  title?: string;
  actions?: ReactNode;
  /** Without padding: for tables. */
  flush?: boolean;
  children: ReactNode;
}

/** A bordered part of a page, with its own heading. */
export function Panel({ title, actions, flush = false, children }: Props) {
  const id = useId();
  return (
    <Box
      component="section"
      aria-labelledby={title ? id : undefined}
      sx={{ border: 1, borderColor: 'divider', borderRadius: 1, minWidth: 0, bgcolor: 'background.paper' }}
    >
      {(title ?? actions) && (
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 4, minHeight: 44, flexWrap: 'wrap' }}>
          <Typography variant="h2" id={id} sx={{ flex: '1 1 auto' }}>
            {title}
          </Typography>
          {actions}
        </Box>
      )}
      <Box sx={flush ? {} : { px: 4, pb: 4, pt: title ? 1 : 4 }}>{children}</Box>
    </Box>
  );
}
