import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { CodeEditorProps } from '../code-editor';
import { extensionsOf, FromOutside } from './setup';
import { usePhrases } from './use-phrases';

const NO_MARKS: NonNullable<CodeEditorProps['marks']> = [];
const NO_OFFERS: NonNullable<CodeEditorProps['offers']> = () => [];

/** The smallest change from one text to the other: the cursor stays where it can. */
function changeOf(from: string, to: string) {
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return { from: head, to: from.length - tail, insert: to.slice(head, to.length - tail) };
}

const access = ({ label, describedBy, invalid, onChange }: CodeEditorProps) => [
  EditorView.contentAttributes.of({
    'aria-label': label,
    tabindex: '0',
    ...(describedBy && { 'aria-describedby': describedBy }),
    ...(invalid && { 'aria-invalid': 'true' }),
    ...(!onChange && { 'aria-readonly': 'true' }),
  }),
  EditorState.readOnly.of(!onChange),
  EditorView.editable.of(Boolean(onChange)),
];

/** CodeMirror as a controlled field. */
export default function Editor(props: CodeEditorProps) {
  const { value, language, field = false, height, marks = NO_MARKS, show } = props;
  const phrases = usePhrases();
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changing = useRef(new Compartment());
  const changed = useEffectEvent((text: string) => props.onChange?.(text));
  const offers = useEffectEvent((text: string, at: number) => (props.offers ?? NO_OFFERS)(text, at));
  const start = useEffectEvent((parent: HTMLElement) => {
    const extensions = extensionsOf({
      language,
      field,
      offers: (text, at) => offers(text, at),
      changed: (text) => changed(text),
      phrases,
    });
    return new EditorView({
      parent,
      state: EditorState.create({ doc: value, extensions: [extensions, changing.current.of(access(props))] }),
    });
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const made = start(place.current);
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [language, field]);
  useEffect(() => {
    const now = view.current?.state.doc.toString();
    if (now === undefined || now === value) return;
    view.current?.dispatch({ changes: changeOf(now, value), annotations: FromOutside.of(true) });
  }, [value]);
  const { label, describedBy, invalid, onChange } = props;
  const writable = Boolean(onChange);
  const adjust = useEffectEvent(() => {
    view.current?.dispatch({ effects: changing.current.reconfigure(access(props)) });
  });
  useEffect(() => {
    adjust();
  }, [label, describedBy, invalid, writable]);
  useEffect(() => {
    const { current } = view;
    if (!current) return;
    const within = (at: number) => Math.max(0, Math.min(at, current.state.doc.length));
    const found = marks.map((mark) => ({ ...mark, from: within(mark.from), to: within(mark.to) }));
    current.dispatch(setDiagnostics(current.state, found));
  }, [marks, value]);
  useEffect(() => {
    const { current } = view;
    if (!current || !show) return;
    const end = current.state.doc.length;
    const [anchor, head] = [Math.min(show.from, end), Math.min(show.to, end)];
    current.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  }, [show]);
  return <div ref={place} style={{ height, minHeight: field ? 34 : undefined }} />;
}
