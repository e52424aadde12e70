import Box from '@mui/material/Box';
import { useId, type ReactNode } from 'react';
import { CodeEditor, type CodeEditorProps } from '@/components/code-editor';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { useTyping } from './use-typing';

interface Props {
  label: string;
  path: PlanPath;
  value: string;
  /** Emptied, it stays in the plan: its part would be another without it. */
  required?: boolean;
  hint?: ReactNode;
  error?: string | undefined;
  offers?: CodeEditorProps['offers'];
  marks?: CodeEditorProps['marks'];
  /** Hears every letter, before it goes into the plan. */
  onTyped?: (text: string) => void;
}

/** SQL in the plan: an expression or a condition. */
export function SqlField({ label, path, value, required = false, hint, error, offers, marks, onTyped }: Props) {
  const { set, write, locked } = usePlanEditor();
  const id = useId();
  const typing = useTyping(value, (typed) => {
    (required ? write : set)(path, typed);
  });
  return (
    <Box sx={{ mb: 4 }} onBlur={typing.onBlur}>
      <Box aria-hidden sx={{ fontWeight: 550, mb: 1 }}>
        {label}
      </Box>
      <CodeEditor
        field
        language="sql"
        label={label}
        value={typing.value}
        onChange={
          locked
            ? undefined
            : (text) => {
                typing.onChange(text);
                onTyped?.(text);
              }
        }
        {...(offers && { offers })}
        {...(marks && { marks })}
        invalid={Boolean(error)}
        describedBy={error || hint ? id : undefined}
      />
      {(error ?? hint) && (
        <Box
          id={id}
          role={error ? 'alert' : undefined}
          dir={error ? 'auto' : undefined}
          sx={{ color: error ? 'error.main' : 'text.secondary', fontSize: '0.8571rem', mt: 1, whiteSpace: 'pre-line' }}
        >
          {error ?? hint}
        </Box>
      )}
    </Box>
  );
}
