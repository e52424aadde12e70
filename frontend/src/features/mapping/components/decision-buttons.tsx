import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Shown } from '../model/suggestion';

export interface Actions {
  accept: () => void;
  other: () => void;
  reject: () => void;
  reopen: () => void;
}

function Key({ children }: { children: string }) {
  return (
    <Box component="kbd" aria-hidden sx={{ ml: 0, marginInlineStart: 2, opacity: 0.75, font: 'inherit' }}>
      {children}
    </Box>
  );
}

/** What can be said of a suggestion, with the keys that say it. */
export function DecisionButtons({ one, actions }: { one: Shown; actions: Actions }) {
  const { t } = useTranslation('mapping');
  return (
    <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
      <Button
        variant="contained"
        disabled={one.target_column === undefined || one.decision === 'accepted'}
        onClick={actions.accept}
      >
        {t('accept')}
        <Key>⏎</Key>
      </Button>
      <Button variant="outlined" onClick={actions.other}>
        {t('other')}
        <Key>o</Key>
      </Button>
      <Button variant="outlined" disabled={one.decision === 'rejected'} onClick={actions.reject}>
        {t('noMatch')}
        <Key>n</Key>
      </Button>
      {one.decision !== 'open' && <Button onClick={actions.reopen}>{t('reopen')}</Button>}
    </Box>
  );
}
