import { createContext, use, useEffect } from 'react';

/** What somebody edits: a table, or a field of it. */
export interface Edited {
  table?: string | undefined;
  field?: string | undefined;
}

export const Editing = createContext<(edited: Edited | undefined) => void>(() => undefined);

/** Tells the others in the project what one edits, as long as the component stands; nothing without a table. */
export function useEditing(table: string | undefined, field?: string) {
  const tell = use(Editing);
  useEffect(() => {
    if (!table) return undefined;
    tell({ table, field });
    return () => {
      tell(undefined);
    };
  }, [tell, table, field]);
}
