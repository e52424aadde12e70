import Box from '@mui/material/Box';
import { useId } from 'react';

interface Control {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string }[];
}

interface Props extends Control {
  label: string;
  /** Beside the control instead of above it. */
  inline?: boolean;
}

const control = {
  font: 'inherit',
  color: 'inherit',
  bgcolor: 'background.default',
  border: 1,
  borderColor: 'text.secondary',
  borderRadius: 1,
  px: 2,
  minHeight: 36,
  // A long option does not widen the page.
  minWidth: 0,
  maxWidth: '100%',
};

/** The control alone, where its row and column name it. */
export function Select({ value, onChange, options, ...rest }: Control & { id?: string; 'aria-label'?: string }) {
  return (
    <Box
      component="select"
      {...rest}
      value={value}
      onChange={(event: React.ChangeEvent<HTMLSelectElement>) => {
        onChange(event.target.value);
      }}
      sx={control}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Box>
  );
}

/** One of a few, by the browser's own control. */
export function SelectField({ label, value, onChange, options, inline = false }: Props) {
  const id = useId();
  return (
    <Box
      sx={{
        display: 'flex',
        minWidth: 0,
        maxWidth: '100%',
        gap: inline ? 2 : 1,
        mb: inline ? 0 : 4,
        flexDirection: inline ? 'row' : 'column',
        alignItems: inline ? 'center' : 'stretch',
      }}
    >
      <Box component="label" htmlFor={id} sx={inline ? { color: 'text.secondary' } : { fontWeight: 550 }}>
        {label}
      </Box>
      <Select id={id} value={value} onChange={onChange} options={options} />
    </Box>
  );
}
