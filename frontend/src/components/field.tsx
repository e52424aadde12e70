import FormControl from '@mui/material/FormControl';
import FormHelperText from '@mui/material/FormHelperText';
import InputBase, { type InputBaseProps } from '@mui/material/InputBase';
import Box from '@mui/material/Box';
import { useId, type ReactNode } from 'react';

interface Props extends Omit<InputBaseProps, 'error' | 'onChange' | 'id'> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it. */
  error?: string | undefined;
  hint?: ReactNode;
}

const box = {
  border: 1,
  borderColor: 'text.secondary',
  borderRadius: 1,
  px: 3,
  minHeight: 36,
  bgcolor: 'background.default',
  '&.Mui-focused': { borderColor: 'primary.main', outline: '1px solid', outlineColor: 'primary.main' },
  '&.Mui-error': { borderColor: 'error.main' },
};

/** A text with its name above it; what is wrong with it stands below and is read out. */
export function Field({
  label,
  value,
  onChange,
  error,
  hint,
  inputProps,
  sx,
  ...input
}: Props & { inputProps?: object }) {
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <FormControl fullWidth error={Boolean(error)} sx={{ mb: 4, ...sx }}>
      <Box component="label" htmlFor={id} sx={{ fontWeight: 550, mb: 1 }}>
        {label}
      </Box>
      <InputBase
        {...input}
        id={id}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        inputProps={{ ...inputProps, 'aria-describedby': error || hint ? helpId : undefined }}
        sx={box}
      />
      {(error ?? hint) && (
        <FormHelperText id={helpId} role={error ? 'alert' : undefined} sx={{ mx: 0 }}>
          {error ?? hint}
        </FormHelperText>
      )}
    </FormControl>
  );
}
