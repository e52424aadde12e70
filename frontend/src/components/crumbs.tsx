import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from './link';

export interface Crumb {
  label: string;
  to?: string;
}

const item = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', maxWidth: '28ch' };

export function Crumbs({ items }: { items: readonly Crumb[] }) {
  const { t } = useTranslation('common');
  return (
    <Box component="nav" aria-label={t('frame.breadcrumbs')} sx={{ minWidth: 0 }}>
      <Box component="ol" sx={{ display: 'flex', gap: 2, m: 0, p: 0, listStyle: 'none', minWidth: 0 }}>
        {items.map(({ label, to }, at) => (
          <Box
            key={`${label} ${to ?? ''}`}
            component="li"
            // On a phone only where one is and what that belongs to have room.
            sx={{ display: { xs: at < items.length - 2 ? 'none' : 'flex', sm: 'flex' }, gap: 2, minWidth: 0 }}
          >
            {at > 0 && (
              <Box
                component="span"
                aria-hidden
                sx={{
                  color: 'text.secondary',
                  display: { xs: at < items.length - 1 ? 'none' : 'inline', sm: 'inline' },
                }}
              >
                /
              </Box>
            )}
            {to ? (
              <Link to={to} color="textSecondary" sx={item}>
                {label}
              </Link>
            ) : (
              <Box component="span" aria-current="page" sx={{ ...item, fontWeight: 550 }}>
                {label}
              </Box>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
