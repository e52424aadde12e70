import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, indentUnit } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { Annotation, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Offer } from '../code-editor';
import { look } from './look';

/** A change that the page made, not who types. */
export const FromOutside = Annotation.define<boolean>();

interface Wishes {
  language: 'yaml' | 'sql';
  field: boolean;
  offers: (text: string, at: number) => readonly Offer[];
  changed: (value: string) => void;
  /** What CodeMirror itself says, in the person's language. */
  phrases: Record<string, string>;
}

const KINDS: Record<Offer['kind'], string> = {
  column: 'property',
  function: 'function',
  keyword: 'keyword',
  value: 'constant',
};

const completionOf = ({ label, kind, detail, info, insert }: Offer) => ({
  label,
  type: KINDS[kind],
  ...(detail && { detail }),
  ...(info && { info }),
  ...(insert !== undefined && { apply: insert }),
});

const complete =
  (offers: Wishes['offers']) =>
  (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/[\w"]+/);
    if (!word && !context.explicit) return null;
    const options = offers(context.state.doc.toString(), context.pos).map(completionOf);
    return options.length === 0 ? null : { from: word?.from ?? context.pos, options, validFor: /^[\w"]*$/ };
  };

const nonce = () => document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/** As an editor of whole texts: line numbers, folding, search; Tab indents until Esc was pressed. */
const whole: Extension = [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  search({ top: true }),
  keymap.of([...searchKeymap, indentWithTab]),
];

export function extensionsOf({ language, field, offers, changed, phrases }: Wishes): Extension {
  return [
    field ? [] : whole,
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [complete(offers)], icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    language === 'yaml' ? yaml() : sql({ dialect: PostgreSQL }),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    field ? EditorView.lineWrapping : [],
    look(field),
    EditorState.phrases.of(phrases),
    EditorView.cspNonce.of(nonce()),
    EditorView.updateListener.of(({ docChanged, state, transactions }) => {
      if (docChanged && transactions.some((each) => !each.annotation(FromOutside))) changed(state.doc.toString());
    }),
  ];
}
