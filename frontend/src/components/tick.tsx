import Box from '@mui/material/Box';
import { useId, type ReactNode } from 'react';

interface Props {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** Yes or no, with its name beside it. */
export function Tick({ label, hint, checked, onChange }: Props) {
  const id = useId();
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, alignItems: 'center', mb: 3 }}>
      <Box
        component="input"
        type="checkbox"
        id={id}
        checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ target }: { target: HTMLInputElement }) => {
          onChange(target.checked);
        }}
        sx={{ width: 16, height: 16, m: 0, accentColor: 'var(--miq-palette-primary-main)' }}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <Box id={`${id}-hint`} sx={{ gridColumn: 2, color: 'text.secondary', fontSize: '0.9286rem' }}>
          {hint}
        </Box>
      )}
    </Box>
  );
}
