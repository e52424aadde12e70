import Box from '@mui/material/Box';

/** SQL as it stands, broken where it is long. */
export function CodeText({ children }: { children: string }) {
  return (
    <Box
      component="pre"
      dir="ltr"
      sx={{ m: 0, my: 1.5, p: 2, bgcolor: 'sunken', borderRadius: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {children}
    </Box>
  );
}
