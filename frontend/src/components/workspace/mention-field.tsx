import Box from '@mui/material/Box';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Field } from '../field';
import { visuallyHidden } from '../visually-hidden';
import { askedAt, completed, fitting, type Asked, type Person } from './mention';
import { MentionList } from './mention-list';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  focused: boolean;
  people: readonly Person[];
  /** Somebody is about to be named: who there is has to be known. */
  onAsk: () => void;
}

/** A text in which `@` and the first letters of a name call somebody: arrows choose, Enter or Tab takes, Escape leaves it. */
export function MentionField({ label, value, onChange, error, focused, people, onAsk }: Props) {
  const { t } = useTranslation('workspace');
  const listId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [asked, setAsked] = useState<Asked>();
  const [at, setAt] = useState(0);
  const found = asked ? fitting(people, asked.query) : [];
  const open = found.length > 0;
  const chosen = found[Math.min(at, found.length - 1)];

  const look = () => {
    const { value: text = '', selectionStart = 0 } = input.current ?? {};
    const next = askedAt(text, selectionStart);
    if (next) onAsk();
    if (next?.query !== asked?.query) setAt(0);
    setAsked(next);
  };
  const take = (person: Person) => {
    if (!asked) return;
    const { text, caret } = completed(value, asked, person);
    // At once: what is typed next belongs behind the name, not where a later frame would put it.
    flushSync(() => {
      onChange(text);
      setAsked(undefined);
    });
    input.current?.focus();
    input.current?.setSelectionRange(caret, caret);
  };
  const step = (by: number) => {
    setAt((Math.min(at, found.length - 1) + by + found.length) % found.length);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => {
      step(1);
    },
    ArrowUp: () => {
      step(-1);
    },
    Enter: () => {
      if (chosen) take(chosen);
    },
    Tab: () => {
      if (chosen) take(chosen);
    },
    Escape: () => {
      setAsked(undefined);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run =
      open && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing ? keys[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <Box sx={{ position: 'relative' }}>
      <Field
        label={label}
        value={value}
        error={error}
        multiline
        minRows={2}
        maxRows={12}
        autoFocus={focused}
        hint={t('comments.hint')}
        inputRef={input}
        inputProps={{
          dir: 'auto',
          maxLength: 10_000,
          'aria-autocomplete': 'list',
          ...(open && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen?.user_id ?? ''}` }),
        }}
        sx={{ mb: 2 }}
        onChange={onChange}
        onKeyDown={onKeyDown}
        onSelect={look}
        onBlur={() => {
          setAsked(undefined);
        }}
      />
      <Box role="status" sx={visuallyHidden}>
        {open && t('comments.found', { people: found.length })}
      </Box>
      {open && <MentionList id={listId} people={found} chosen={chosen} onTake={take} />}
    </Box>
  );
}
