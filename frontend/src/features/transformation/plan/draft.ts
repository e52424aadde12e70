import { useEffect, useReducer } from 'react';
import { dropDraft, keepDraft, readDraft } from '@/lib/drafts';

/** A version of a plan that edits are based on. */
export interface Base {
  version: number;
  text: string;
}

export interface Draft {
  base: Base;
  text: string;
  past: readonly string[];
  future: readonly string[];
  /** When the last edit was: typing on is one step to take back. */
  at: number;
  /** Where the last edit came from. */
  by: string;
  /** When what was found in the browser had been typed. */
  foundFrom?: string;
}

export type DraftAction =
  | { is: 'edited'; text: string; by: string; at: number }
  | { is: 'undone' }
  | { is: 'redone' }
  | { is: 'discarded' }
  | { is: 'saved'; base: Base }
  /** Another version is what edits are based on from now on; `text` is what becomes of them. */
  | { is: 'based'; base: Base; text: string };

const STEPS_KEPT = 200;
const PAUSE_MS = 900;

const only = ({ version, text }: Base): Base => ({ version, text });
const begin = (base: Base, text = base.text): Draft => ({
  base: only(base),
  text,
  past: [],
  future: [],
  at: 0,
  by: '',
});

function edited(draft: Draft, text: string, by: string, at: number): Draft {
  if (text === draft.text) return draft;
  const goesOn = by === draft.by && at - draft.at < PAUSE_MS && draft.past.length > 0;
  const past = goesOn ? draft.past : [...draft.past.slice(-STEPS_KEPT), draft.text];
  return { ...draft, text, past, future: [], at, by };
}

export function reduceDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.is) {
    case 'edited':
      return edited(draft, action.text, action.by, action.at);
    case 'undone': {
      const text = draft.past.at(-1);
      if (text === undefined) return draft;
      return { ...draft, text, past: draft.past.slice(0, -1), future: [draft.text, ...draft.future], by: '' };
    }
    case 'redone': {
      const [text, ...future] = draft.future;
      return text === undefined ? draft : { ...draft, text, past: [...draft.past, draft.text], future, by: '' };
    }
    case 'discarded':
      return { ...edited(draft, draft.base.text, 'discard', 0), foundFrom: undefined };
    case 'saved':
      return { ...draft, base: only(action.base), foundFrom: undefined };
    case 'based': {
      const past = action.text === draft.text ? draft.past : [...draft.past, draft.text];
      return { ...draft, base: only(action.base), text: action.text, past, future: [], by: '', foundFrom: undefined };
    }
  }
}

interface Kept extends Base {
  typed: string;
  at: string;
}
const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' && value !== null && 'typed' in value && 'version' in value;

function find(userId: string, planId: string, base: Base): Draft {
  const kept = readDraft(userId, `plan.${planId}`);
  if (!isKept(kept) || kept.typed === base.text) return begin(base);
  return { ...begin({ version: kept.version, text: kept.text }, kept.typed), foundFrom: kept.at };
}

/** The edits of one person on one plan: they survive leaving the page, until saved or discarded. */
export function useDraft(userId: string, planId: string, stored: Base) {
  const [draft, act] = useReducer(reduceDraft, undefined, () => find(userId, planId, stored));
  const { base, text } = draft;
  const dirty = text !== base.text;
  useEffect(() => {
    const what = `plan.${planId}`;
    if (dirty) keepDraft(userId, what, { ...base, typed: text, at: new Date().toISOString() } satisfies Kept);
    else dropDraft(userId, what);
  }, [userId, planId, dirty, base, text]);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('beforeunload', warn);
    };
  }, [dirty]);
  const edit = (typed: string, by: string) => {
    act({ is: 'edited', text: typed, by, at: Date.now() });
  };
  return { draft, dirty, act, edit };
}
