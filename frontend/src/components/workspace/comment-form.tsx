import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '../error-note';
import { Field } from '../field';
import { useFields } from '../use-fields';

interface Props {
  label: string;
  /** The verb on the button. */
  action: string;
  /** What stands there at first. */
  text?: string;
  focused?: boolean;
  busy: boolean;
  error: unknown;
  onSend: (text: string) => void;
  onCancel?: (() => void) | undefined;
  reload?: (() => void) | undefined;
}

/** What one writes into a comment; Ctrl+Enter sends it. */
export function CommentForm({
  label,
  action,
  text = '',
  focused = false,
  busy,
  error,
  onSend,
  onCancel,
  reload,
}: Props) {
  const { t } = useTranslation('workspace');
  const { bind, submit } = useFields({ text }, { required: ['text'], error });
  const send = submit((values) => {
    onSend(values.text.trim());
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
    if (event.key !== 'Escape' || !onCancel) return;
    event.preventDefault();
    onCancel();
  };
  return (
    <Box component="form" noValidate onSubmit={send} onKeyDown={onKeyDown}>
      <Field
        label={label}
        multiline
        minRows={2}
        maxRows={12}
        autoFocus={focused}
        hint={t('comments.hint')}
        inputProps={{ dir: 'auto', maxLength: 10_000 }}
        sx={{ mb: 2 }}
        {...bind('text')}
      />
      <ErrorNote error={error} {...(reload && { reload })} />
      <Box sx={{ display: 'flex', gap: 2 }}>
        <Button type="submit" size="small" variant="contained" loading={busy}>
          {action}
        </Button>
        {onCancel && (
          <Button size="small" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Box>
    </Box>
  );
}
