import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';

/** A one-time link to be handed on; shown this once. */
export function LinkDialog({ title, link, onClose }: { title: string; link: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('administration');
  return (
    <Dialog open onClose={onClose} aria-labelledby="link-title" fullWidth maxWidth="sm">
      <DialogTitle id="link-title">{title}</DialogTitle>
      <DialogContent>
        {link ? (
          <>
            <p>{t('link.once')}</p>
            <Box
              component="code"
              dir="ltr"
              sx={{ display: 'block', p: 3, bgcolor: 'sunken', borderRadius: 1, overflowWrap: 'anywhere', mb: 2 }}
            >
              {link}
            </Box>
            <CopyButton text={link} />
          </>
        ) : (
          <p>{t('link.mailed')}</p>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
