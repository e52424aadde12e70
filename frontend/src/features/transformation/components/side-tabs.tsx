import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { useAddress } from './use-address';

/** What stands beside the form: the plan file, or what it makes of real rows. */
export function SideTabs() {
  const { t } = useTranslation('transformation');
  const { side, go } = useAddress();
  const tabs = [
    { value: '', label: t('side.text') },
    { value: 'preview', label: t('side.preview') },
  ];
  return (
    <Box role="group" aria-label={t('side.label')} sx={{ display: 'flex', gap: 1, mb: 2 }}>
      {tabs.map(({ value, label }) => {
        const chosen = (side ?? '') === value;
        return (
          <Button
            key={value}
            size="small"
            aria-pressed={chosen}
            variant={chosen ? 'outlined' : 'text'}
            color={chosen ? 'primary' : 'secondary'}
            onClick={() => {
              go({ side: value });
            }}
          >
            {label}
          </Button>
        );
      })}
    </Box>
  );
}
