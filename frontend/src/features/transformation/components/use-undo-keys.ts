import { useEffect, useEffectEvent } from 'react';
import type { DraftAction } from '../plan/draft';

const WRITES = 'input, textarea, select, [contenteditable=true]';

/** Ctrl+S saves, wherever one types; Ctrl+Z and Ctrl+Shift+Z take back what the form did (texts have an undo of their own). */
export function useUndoKeys(act: (action: DraftAction) => void, save: () => void) {
  const saveNow = useEffectEvent(save);
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === 's') {
      event.preventDefault();
      // What is being typed goes into the plan when the field loses the focus.
      const field = document.activeElement;
      if (field instanceof HTMLElement && field.matches('input, textarea')) field.blur();
      setTimeout(() => {
        saveNow();
      });
    } else if ((key === 'z' || key === 'y') && !(event.target as Element).closest(WRITES)) {
      event.preventDefault();
      act({ is: key === 'y' || event.shiftKey ? 'redone' : 'undone' });
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      pressed(event);
    };
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', listener);
    };
  }, []);
}
