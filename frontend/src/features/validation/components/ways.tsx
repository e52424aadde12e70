import Box from '@mui/material/Box';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  empty: boolean;
  onChange: (empty: boolean) => void;
}

/** How a new suite begins. */
export function Ways({ empty, onChange }: Props) {
  const { t } = useTranslation('validation');
  const id = useId();
  const ways = [
    { value: false, label: t('new.propose'), hint: t('new.proposeHint') },
    { value: true, label: t('new.empty'), hint: t('new.emptyHint') },
  ];
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, mb: 4, p: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ fontWeight: 550, p: 0, mb: 1 }}>
        {t('new.how')}
      </Box>
      {ways.map(({ value, label, hint }) => (
        <Box
          key={label}
          sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, alignItems: 'center', py: 1 }}
        >
          <Box
            component="input"
            type="radio"
            name={id}
            id={`${id}${String(value)}`}
            checked={empty === value}
            aria-describedby={`${id}${String(value)}-hint`}
            onChange={() => {
              onChange(value);
            }}
            sx={{ m: 0, width: 16, height: 16, accentColor: 'var(--miq-palette-primary-main)' }}
          />
          <label htmlFor={`${id}${String(value)}`}>{label}</label>
          <Box id={`${id}${String(value)}-hint`} sx={{ gridColumn: 2, color: 'text.secondary' }}>
            {hint}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
