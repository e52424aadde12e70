import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';

const textOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error));

function Crash({ error }: { error: unknown }) {
  const { t } = useTranslation('common');
  return (
    <Box role="alert" sx={{ p: 8, maxWidth: '70ch', mx: 'auto' }}>
      <Typography variant="h1">{t('crash.title')}</Typography>
      <Typography sx={{ my: 4 }}>{t('crash.text')}</Typography>
      <Button
        variant="contained"
        onClick={() => {
          location.reload();
        }}
      >
        {t('crash.reload')}
      </Button>{' '}
      <CopyButton text={textOf(error)} label={t('error.copyDetails')} />
    </Box>
  );
}

/** A page that fails is told of, and takes nothing else with it. What is on the server is untouched. */
export class CrashGuard extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};
  static getDerivedStateFromError(error: unknown) {
    return { error };
  }
  override render() {
    return 'error' in this.state ? <Crash error={this.state.error} /> : this.props.children;
  }
}
