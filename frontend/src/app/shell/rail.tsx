import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import CollapseIcon from 'lucide-react/icons/panel-left';
import { Hint } from '@/components/hint';
import type { Feature } from '@/lib/feature';
import { useMayOpen } from '@/lib/api/me';
import { visuallyHiddenFrom } from '@/components/visually-hidden';
import { railToggled, useStoreDispatch, useStoreSelector } from '@/lib/store/store';
import { features } from '../features';

const WIDE = 204;
const NARROW = 56;
const LINE = 'var(--miq-palette-divider)';

const link = {
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  px: 3,
  minHeight: 36,
  borderRadius: 1,
  color: 'text.secondary',
  textDecoration: 'none',
  fontWeight: 550,
  '&:hover': { bgcolor: 'action.hover' },
  '&.active': { bgcolor: 'action.selected', color: 'primary.main' },
};

function Entry({ feature, narrow }: { feature: Feature; narrow: boolean }) {
  const { t } = useTranslation(feature.name);
  if (!feature.nav) return null;
  const { icon: Icon, to } = feature.nav;
  const label = t(`${feature.name}:nav`);
  const entry = (
    <Box
      component={NavLink}
      to={to}
      end={to === '/'}
      sx={{
        ...link,
        flexDirection: { xs: 'column', sm: 'row' },
        gap: { xs: 0.5, sm: 3 },
        py: { xs: 1.5, sm: 0 },
        px: { xs: 0, sm: 3 },
      }}
    >
      <Icon size={18} aria-hidden />
      <Box
        component="span"
        sx={{
          fontSize: { xs: '0.7857rem', sm: '1rem' },
          ...(narrow && visuallyHiddenFrom('sm')),
        }}
      >
        {label}
      </Box>
    </Box>
  );
  return (
    <Box component="li" sx={{ flex: { xs: '1 1 0', sm: 'none' } }}>
      {narrow ? <Hint title={label}>{entry}</Hint> : entry}
    </Box>
  );
}

/** Where one can go: a rail at the side, a bar below on a phone. */
export function Rail() {
  const { t } = useTranslation('app');
  const mayOpen = useMayOpen();
  const dispatch = useStoreDispatch();
  const narrow = useStoreSelector((state) => state.shell.narrow);
  const phone = useMediaQuery('(max-width: 599.95px)');
  const shown = features.filter(({ nav }) => nav && mayOpen(nav));
  return (
    <Box
      component="nav"
      aria-label={t('frame.navigation')}
      sx={{
        '@media print': { display: 'none' },
        position: 'sticky',
        insetBlockStart: { sm: 0 },
        insetBlockEnd: { xs: 0, sm: 'auto' },
        height: { sm: '100dvh' },
        width: { xs: '100%', sm: narrow ? NARROW : WIDE },
        flex: 'none',
        bgcolor: 'sunken',
        borderInlineEnd: { sm: `1px solid ${LINE}` },
        borderBlockStart: { xs: `1px solid ${LINE}`, sm: 'none' },
        p: { xs: 1, sm: 2 },
        display: 'flex',
        flexDirection: 'column',
        zIndex: 20,
      }}
    >
      <Box sx={{ display: { xs: 'none', sm: 'flex' }, alignItems: 'center', gap: 2, px: 2, height: 40, mb: 3 }}>
        <Box component="img" src="/icon.svg" alt="" width={22} height={22} />
        {!narrow && <Box sx={{ fontWeight: 650, letterSpacing: '-0.01em' }}>MigrateIQ</Box>}
      </Box>
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, display: 'flex', gap: 1, flexDirection: { xs: 'row', sm: 'column' } }}
      >
        {shown.map((feature) => (
          <Entry key={feature.name} feature={feature} narrow={narrow && !phone} />
        ))}
      </Box>
      {!phone && (
        <Box sx={{ mt: 'auto' }}>
          <Hint title={narrow ? t('frame.widen') : t('frame.narrow')}>
            <IconButton
              aria-label={narrow ? t('frame.widen') : t('frame.narrow')}
              onClick={() => dispatch(railToggled())}
            >
              <CollapseIcon size={18} />
            </IconButton>
          </Hint>
        </Box>
      )}
    </Box>
  );
}
