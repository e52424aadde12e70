import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageField, ThemeField } from '@/components/preferences';

/** A page for who is not signed in yet. */
export function SignInFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t } = useTranslation('sign-in');
  useEffect(() => {
    document.title = `${title} · MigrateIQ`;
  }, [title]);
  return (
    <Box sx={{ minHeight: '100dvh', display: 'flex', flexDirection: 'column', bgcolor: 'sunken' }}>
      <Box component="main" sx={{ m: 'auto', width: '100%', maxWidth: 400, p: 4 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 6 }}>
          <Box component="img" src="/icon.svg" alt="" width={28} height={28} />
          <Box sx={{ fontWeight: 650, fontSize: '1.2857rem', letterSpacing: '-0.01em' }}>MigrateIQ</Box>
        </Box>
        <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 6, bgcolor: 'background.paper' }}>
          <Typography variant="h1" sx={{ mb: lead ? 2 : 5 }}>
            {title}
          </Typography>
          {lead && (
            <Typography color="textSecondary" sx={{ mb: 5 }}>
              {lead}
            </Typography>
          )}
          {children}
        </Box>
      </Box>
      <Box
        component="footer"
        aria-label={t('footer')}
        sx={{ display: 'flex', gap: 5, justifyContent: 'center', flexWrap: 'wrap', p: 4 }}
      >
        <LanguageField />
        <ThemeField />
      </Box>
    </Box>
  );
}
