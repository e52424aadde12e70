import { useId, type ReactNode } from 'react';
import { Field } from '@/components/field';
import { tokens } from '@/lib/theme/tokens';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { scalarOf } from '../plan/scalars';
import { useTyping } from './use-typing';

interface Props {
  label: string;
  path: PlanPath;
  value: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** What it may be, to choose from while one types. */
  choices?: readonly string[];
  /** Identifiers, types, patterns. */
  code?: boolean;
  /** Numbers stand in the plan as numbers. */
  number?: boolean;
  placeholder?: string;
  /** Instead of setting the path. */
  onCommit?: (value: string) => void;
}

const asCode = { '& input': { fontFamily: tokens.code, fontSize: '0.9286rem' } };

/** A value of the plan as a field; empty, its key is not in the plan. */
export function PlanField({ label, path, value, choices, code, number, onCommit, ...rest }: Props) {
  const { set, locked } = usePlanEditor();
  const list = useId();
  const typing = useTyping(value, (typed) => {
    if (onCommit) onCommit(typed);
    else set(path, number ? scalarOf(typed) : typed);
  });
  const shown = choices?.filter((each) => each !== '') ?? [];
  return (
    <>
      <Field
        label={label}
        {...rest}
        {...typing}
        disabled={locked}
        sx={code ? asCode : {}}
        inputProps={{
          ...(shown.length > 0 && { list }),
          ...(code && { dir: 'ltr', spellCheck: false }),
          ...(number && { inputMode: 'decimal' }),
        }}
      />
      {shown.length > 0 && (
        <datalist id={list}>
          {shown.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}
