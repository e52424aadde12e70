import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';
import { download } from '@/components/download';

/** Shown once: the server keeps hashes only. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('account');
  const text = `${codes.join('\n')}\n`;
  return (
    <Box role="status">
      <p>{t('totp.codes')}</p>
      <Box component="ul" sx={{ columns: 2, listStyle: 'none', p: 0, maxWidth: 420 }}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </Box>
      <CopyButton text={text} />{' '}
      <Button
        size="small"
        onClick={() => {
          download('migrateiq-recovery-codes.txt', text, 'text/plain');
        }}
      >
        {t('totp.download')}
      </Button>{' '}
      <Button size="small" variant="contained" onClick={onDone}>
        {t('totp.kept')}
      </Button>
    </Box>
  );
}
