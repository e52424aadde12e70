import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';

interface Props {
  text: boolean;
  onChange: (text: boolean) => void;
}

/** The rules as a list, or as text. */
export function ViewSwitch({ text, onChange }: Props) {
  const { t } = useTranslation('validation');
  return (
    <Box role="group" aria-label={t('rules.view')} sx={{ display: 'flex' }}>
      {[false, true].map((value) => (
        <Button
          key={String(value)}
          size="small"
          variant={value === text ? 'contained' : 'outlined'}
          aria-pressed={value === text}
          onClick={() => {
            onChange(value);
          }}
          sx={{
            borderStartStartRadius: value ? 0 : undefined,
            borderEndStartRadius: value ? 0 : undefined,
            borderStartEndRadius: value ? undefined : 0,
            borderEndEndRadius: value ? undefined : 0,
          }}
        >
          {value ? t('rules.asText') : t('rules.asList')}
        </Button>
      ))}
    </Box>
  );
}
