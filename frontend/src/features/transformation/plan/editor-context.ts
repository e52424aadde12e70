import { createContext, use } from 'react';
import type { Schema } from '@/lib/api/client';
import { placeOf, type PlanPath, type Reading } from './document';
import { swapped, withItem, without, withValue, type Value } from './edit';
import type { PlacedFault } from './faults';

/** A plan that is being edited, for everything on its page. */
export interface PlanEditor {
  plan: Schema<'PlanTextView'>;
  reading: Reading;
  faults: readonly PlacedFault[];
  /** The form cannot change anything: no permission, or the text is no YAML now. */
  locked: boolean;
  /** By whom: typing on in one place is one step to undo. */
  setText: (text: string, by: string) => void;
  /** '' and undefined take the key away. */
  /** Nothing, or an empty text: what stands there goes. */
  set: (path: PlanPath, value: Value | undefined) => void;
  /** An empty text too stays there: of what makes its part what it is. */
  write: (path: PlanPath, value: Value) => void;
  remove: (path: PlanPath) => void;
  /** In the map at a path, a key in the place of another. */
  swap: (path: PlanPath, gone: string, key: string, value: Value) => void;
  add: (path: PlanPath, item: Value, flow?: boolean) => void;
  /** Shows where it stands in the text. */
  show: (path: PlanPath) => void;
}

export const PlanEditorContext = createContext<PlanEditor | null>(null);

export function usePlanEditor(): PlanEditor {
  const editor = use(PlanEditorContext);
  if (!editor) throw new Error('a part of the plan editor stands outside of it');
  return editor;
}

interface Parts {
  plan: PlanEditor['plan'];
  reading: Reading;
  faults: readonly PlacedFault[];
  readOnly: boolean;
  change: (text: string, by: string) => void;
  show: (place: { from: number; to: number }) => void;
}

const isNothing = (value: Value | undefined): value is undefined | '' => value === undefined || value === '';

export function editorOf({ plan, reading, faults, readOnly, change, show }: Parts): PlanEditor {
  const { text } = reading;
  return {
    plan,
    reading,
    faults,
    locked: readOnly || reading.faults.length > 0,
    setText: change,
    set: (path, value) => {
      change(isNothing(value) ? without(text, path) : withValue(text, path, value), path.join('/'));
    },
    write: (path, value) => {
      change(withValue(text, path, value), path.join('/'));
    },
    remove: (path) => {
      change(without(text, path), 'remove');
    },
    swap: (path, gone, key, value) => {
      change(swapped(text, path, gone, key, value), 'swap');
    },
    add: (path, item, flow = true) => {
      change(withItem(text, path, item, flow), 'add');
    },
    show: (path) => {
      const place = placeOf(reading, path);
      if (place) show(place);
    },
  };
}
