import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/components/copy-button';

interface Props {
  title: string;
  /** What it is for, and that it is shown only now. */
  text: string;
  secret: string;
  onClose: () => void;
}

/** Something secret that is shown this once. */
export function OneTime({ title, text, secret, onClose }: Props) {
  const { t } = useTranslation('administration');
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        <p>{text}</p>
        <Box
          component="code"
          dir="ltr"
          sx={{ display: 'block', p: 3, bgcolor: 'sunken', borderRadius: 1, overflowWrap: 'anywhere', mb: 2 }}
        >
          {secret}
        </Box>
        <CopyButton text={secret} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
