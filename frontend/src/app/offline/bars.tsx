import Box from '@mui/material/Box';
import { AwayBar } from './away-bar';
import { UpdateBar } from './update-bar';

/** What concerns all pages; read out when it appears. */
export function Bars() {
  return (
    <Box role="status" sx={{ position: 'sticky', insetBlockStart: 48, zIndex: 9 }}>
      <AwayBar />
      <UpdateBar />
    </Box>
  );
}
