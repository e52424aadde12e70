import Box from '@mui/material/Box';
import { lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { visuallyHidden } from './visually-hidden';

/** What is wrong, and where: offsets in the text. */
export interface Mark {
  from: number;
  to: number;
  severity: 'error' | 'warning' | 'info';
  message: string;
}

/** Something to type, offered while one types. */
export interface Offer {
  label: string;
  kind: 'column' | 'function' | 'keyword' | 'value';
  /** Beside the label: a type. */
  detail?: string;
  /** What it does. */
  info?: string;
  /** What is put in, when not the label. */
  insert?: string;
}

export interface CodeEditorProps {
  label: string;
  value: string;
  /** Without it the text can only be read. */
  onChange?: ((value: string) => void) | undefined;
  language: 'yaml' | 'sql';
  marks?: readonly Mark[];
  /** What may stand at a place of the text. */
  offers?: (text: string, at: number) => readonly Offer[];
  /** Brought into view, and selected, whenever it is another object. */
  show?: { from: number; to: number } | undefined;
  /** One line that grows, as a field; without it an editor with line numbers. */
  field?: boolean;
  height?: string | number;
  invalid?: boolean;
  describedBy?: string | undefined;
}

const Editor = lazy(() => import('./code-editor/editor'));

/** The text, until the editor is there. */
function Plain({ value, label, height }: CodeEditorProps) {
  return (
    <Box
      component="pre"
      tabIndex={0}
      role="group"
      aria-label={label}
      aria-busy
      sx={{ m: 0, p: 2, height, overflow: 'auto' }}
    >
      {value}
    </Box>
  );
}

/** A text in a language: colours, completion, what is wrong at its place. Esc, then Tab, leaves it. */
export function CodeEditor(props: CodeEditorProps) {
  const { t } = useTranslation('common');
  const id = useId();
  const described = [props.describedBy, props.field || !props.onChange ? '' : id].filter(Boolean).join(' ');
  return (
    <Box
      dir="ltr"
      className="code"
      sx={{
        border: 1,
        borderColor: props.invalid ? 'error.main' : 'text.secondary',
        borderRadius: 1,
        overflow: 'hidden',
        minWidth: 0,
        position: 'relative',
        bgcolor: 'background.default',
        '&:focus-within': { borderColor: 'primary.main', outline: '1px solid', outlineColor: 'primary.main' },
      }}
    >
      <Suspense fallback={<Plain {...props} />}>
        <Editor {...props} describedBy={described || undefined} />
      </Suspense>
      <Box id={id} sx={visuallyHidden}>
        {t('code.leave')}
      </Box>
    </Box>
  );
}
