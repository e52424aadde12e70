import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { CopyButton } from '@/components/copy-button';

/** Text of the source or of a plan, as it stands, to be read and copied. */
export function SourceText({ label, text }: { label: string; text: string }) {
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Typography variant="h3" sx={{ flex: 1 }}>
          {label}
        </Typography>
        <CopyButton text={text} />
      </Box>
      <Box
        component="pre"
        dir="ltr"
        tabIndex={0}
        aria-label={label}
        sx={{
          m: 0,
          mt: 1,
          p: 3,
          bgcolor: 'sunken',
          borderRadius: 1,
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          maxHeight: '60vh',
          textAlign: 'left',
        }}
      >
        {text}
      </Box>
    </Box>
  );
}
