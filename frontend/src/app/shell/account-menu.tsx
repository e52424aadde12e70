import Avatar from '@mui/material/Avatar';
import Box from '@mui/material/Box';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageField, ThemeField } from '@/components/preferences';
import { client } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { end } from '@/lib/api/session';

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** Ends the session at the server; here in any case. */
async function signOut() {
  await client.POST('/api/v1/auth/logout').catch(() => undefined);
  end();
}

export function AccountMenu() {
  const { t } = useTranslation('app');
  const { data: me } = useMe();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const initials = me ? initialsOf(me.name) : '';
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <IconButton
        aria-label={t('account.menuOf', { initials })}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 1 }}
      >
        <Avatar
          sx={{
            width: 28,
            height: 28,
            fontSize: '0.8571rem',
            fontWeight: 600,
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
          }}
        >
          {initials}
        </Avatar>
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={close}
        slotProps={{ list: { 'aria-label': t('account.menu') } }}
      >
        <MenuItem component={Link} to="/account" onClick={close}>
          <ListItemText primary={me?.name} secondary={me?.email} />
        </MenuItem>
        <Divider />
        <MenuItem component={Link} to="/account/security" onClick={close}>
          {t('account.security')}
        </MenuItem>
        <MenuItem component={Link} to="/account/keys" onClick={close}>
          {t('account.keys')}
        </MenuItem>
        <Divider />
        <MenuItem onClick={() => void signOut()}>{t('account.signOut')}</MenuItem>
        <Box
          component="li"
          role="none"
          sx={{ px: 4, py: 2, display: 'grid', gap: 2 }}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <ThemeField />
          <LanguageField />
        </Box>
      </Menu>
    </>
  );
}
