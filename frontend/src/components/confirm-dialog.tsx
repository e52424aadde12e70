import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from './error-note';
import { Field } from './field';

interface Props {
  title: string;
  /** What it will do. */
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  dangerous?: boolean;
  /** To be typed first, word for word. */
  typed?: string | undefined;
  busy: boolean;
  error: unknown;
  disabled?: boolean;
  /** For who edits: brings the present version after a conflict. */
  reload?: () => void;
  onConfirm: () => void;
  onClose: () => void;
}

/** A decision that cannot wait: says what will happen first. */
export function ConfirmDialog({
  title,
  children,
  action,
  dangerous,
  typed,
  busy,
  error,
  disabled,
  reload,
  onConfirm,
  onClose,
}: Props) {
  const { t } = useTranslation('common');
  const id = useId();
  const [said, setSaid] = useState('');
  const ready = typed === undefined || said === typed;
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onConfirm();
        }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          {children}
          {typed !== undefined && (
            <Field label={t('form.typeName', { name: typed })} value={said} onChange={setSaid} sx={{ mt: 4, mb: 0 }} />
          )}
          <ErrorNote error={error} {...(reload && { reload })} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button
            type="submit"
            variant="contained"
            color={dangerous ? 'error' : 'primary'}
            loading={busy}
            disabled={!ready || disabled}
          >
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
