import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslation } from 'react-i18next';
import { OneTime } from './one-time';

/** A one-time link to be handed on, shown this once; or that it was mailed. */
export function LinkDialog({ title, link, onClose }: { title: string; link: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('administration');
  if (link) return <OneTime title={title} text={t('link.once')} secret={link} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} aria-labelledby="link-title" fullWidth maxWidth="sm">
      <DialogTitle id="link-title">{title}</DialogTitle>
      <DialogContent>
        <p>{t('link.mailed')}</p>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
