import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import SearchIcon from 'lucide-react/icons/search';
import { paletteShown, useStoreDispatch } from '@/lib/store/store';
import { visuallyHiddenBelow } from '@/components/visually-hidden';
import { AccountMenu } from './account-menu';
import { Bell } from './bell';
import { CrumbBox } from './crumb-place';

export function Header() {
  const { t } = useTranslation('app');
  const dispatch = useStoreDispatch();
  return (
    <Box
      component="header"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        px: { xs: 4, sm: 6 },
        height: 48,
        borderBlockEnd: '1px solid',
        borderColor: 'divider',
        position: 'sticky',
        insetBlockStart: 0,
        bgcolor: 'background.default',
        zIndex: 10,
        '@media print': { display: 'none' },
      }}
    >
      <CrumbBox />
      <Button
        variant="outlined"
        color="secondary"
        aria-keyshortcuts="Control+K"
        startIcon={<SearchIcon size={15} />}
        onClick={() => dispatch(paletteShown(true))}
        sx={{
          borderColor: 'divider',
          minWidth: { xs: 40, md: 220 },
          justifyContent: 'flex-start',
          columnGap: 2,
          '& .MuiButton-startIcon': { mx: { xs: 'auto', md: 0 }, marginInlineEnd: { md: 2 } },
        }}
      >
        <Box component="span" sx={{ ...visuallyHiddenBelow('md'), flex: 1, textAlign: 'start' }}>
          {t('palette.open')}
        </Box>
        <Box component="kbd" sx={{ ...visuallyHiddenBelow('md'), font: 'inherit', fontSize: '0.8571rem' }}>
          Ctrl K
        </Box>
      </Button>
      <Bell />
      <AccountMenu />
    </Box>
  );
}
