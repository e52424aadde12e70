import Box from '@mui/material/Box';

interface Props {
  label: string;
  /** 0 to 1; nothing while it is not known. */
  value: number | undefined;
  text?: string;
  /** Drawn quietly when nothing is at work. */
  still?: boolean;
}

export function ProgressBar({ label, value, text, still = false }: Props) {
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.floor(value * 100)}
      aria-valuetext={text}
      sx={{ height: 6, borderRadius: 3, bgcolor: 'action.selected', overflow: 'hidden' }}
    >
      <Box
        sx={{ height: '100%', bgcolor: still ? 'text.secondary' : 'primary.main', transition: 'inline-size 140ms' }}
        style={{ inlineSize: `${String((value ?? 0) * 100)}%` }}
      />
    </Box>
  );
}
