import Box from '@mui/material/Box';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useActiveInView } from '@/components/use-active-in-view';
import { useTo } from '../data/use-to';

const PAGES = [
  ['', 'overview'],
  ['tables', 'tables'],
  ['diagram', 'diagram'],
  ['quality', 'quality'],
  ['personal-data', 'personal'],
  ['risks', 'risks'],
  ['conversion', 'conversion'],
  ['changes', 'changes'],
  ['all', 'all'],
] as const;

const entry = {
  px: 3,
  minHeight: 32,
  display: 'inline-flex',
  alignItems: 'center',
  borderRadius: 1,
  color: 'text.secondary',
  textDecoration: 'none',
  whiteSpace: 'nowrap',
  '&:hover': { bgcolor: 'action.hover' },
  '&.active': { bgcolor: 'action.selected', color: 'primary.main', fontWeight: 550 },
};

/** The pages about one analysis: a level below the steps of the project. */
export function SubNav() {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const bar = useRef<HTMLElement>(null);
  useActiveInView(bar);
  return (
    <Box
      component="nav"
      ref={bar}
      aria-label={t('pages')}
      sx={{
        display: 'flex',
        gap: 1,
        overflowX: 'auto',
        mb: 5,
        p: 0.5,
        mx: { xs: -4, sm: -0.5 },
        px: { xs: 4, sm: 0.5 },
        '@media print': { display: 'none' },
      }}
    >
      {PAGES.map(([page, name]) => (
        <Box key={page} component={NavLink} to={to(page)} end sx={entry}>
          {t(`page.${name}`)}
        </Box>
      ))}
    </Box>
  );
}
