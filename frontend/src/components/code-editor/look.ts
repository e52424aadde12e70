import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { tokens } from '@/lib/theme/tokens';

const colour = (name: string) => `var(--miq-palette-${name})`;

const words = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: colour('primary-main'), fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: colour('success-main') },
  { tag: [tags.number, tags.bool, tags.null], color: colour('info-main') },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: colour('primary-main') },
  { tag: [tags.typeName, tags.standard(tags.name)], color: colour('altered-main') },
  { tag: tags.comment, color: colour('text-secondary'), fontStyle: 'italic' },
  { tag: tags.invalid, color: colour('error-main') },
]);

const frame = EditorView.theme({
  '&': { height: '100%', color: colour('text-primary'), backgroundColor: 'transparent', fontSize: '0.9286rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: tokens.code, lineHeight: '1.6', fontVariantLigatures: 'none' },
  '.cm-gutters': { backgroundColor: colour('sunken'), color: colour('text-secondary'), border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: colour('action-hover') },
  '.cm-cursor': { borderInlineStartColor: colour('text-primary'), borderInlineStartWidth: '2px' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: colour('action-selected') },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: colour('action-selected') },
  '.cm-tooltip': {
    backgroundColor: colour('background-paper'),
    color: colour('text-primary'),
    border: `1px solid ${colour('divider')}`,
    borderRadius: '6px',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: tokens.code, maxHeight: '18em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: colour('primary-main'),
    color: colour('primary-contrastText'),
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.85', marginInlineStart: '1.5em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo': { fontFamily: tokens.text, maxWidth: '36ch' },
  '.cm-diagnostic': { fontFamily: tokens.text, padding: '4px 10px', borderInlineStartWidth: '3px' },
  '.cm-diagnostic-error': { borderInlineStartColor: colour('error-main') },
  '.cm-diagnostic-warning': { borderInlineStartColor: colour('warning-main') },
  '.cm-lintRange': { backgroundImage: 'none', textDecoration: 'underline wavy', textUnderlineOffset: '3px' },
  '.cm-lintRange-error': { textDecorationColor: colour('error-main') },
  '.cm-lintRange-warning': { textDecorationColor: colour('warning-main') },
  '.cm-lintRange-info': { textDecorationColor: colour('info-main') },
  '.cm-panels': { backgroundColor: colour('sunken'), color: colour('text-primary') },
  '.cm-searchMatch': { backgroundColor: colour('diff-added') },
});

/** As a field of a form: no line numbers, room around the text. */
const asField = EditorView.theme({
  '.cm-content': { padding: '7px 0' },
  '.cm-line': { padding: '0 12px' },
  '.cm-scroller': { maxHeight: '16em', overflow: 'auto' },
});

export const look = (field: boolean) => [frame, syntaxHighlighting(words), field ? asField : []];
