import { autocompletion, currentCompletions, startCompletion } from '@codemirror/autocomplete';
import { forEachDiagnostic } from '@codemirror/lint';
import { EditorView } from '@codemirror/view';
import { act, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CodeEditor, type CodeEditorProps } from './code-editor';

beforeAll(() => {
  // jsdom lays nothing out.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});

async function open(props: Partial<CodeEditorProps> = {}) {
  const changed = vi.fn();
  function Held() {
    const [value, setValue] = useState(props.value ?? 'a: 1');
    return (
      <>
        <CodeEditor
          label="Plan"
          language="yaml"
          {...props}
          value={value}
          onChange={(text) => {
            changed(text);
            setValue(text);
          }}
        />
        <button
          onClick={() => {
            setValue('a: 1\nb: 2');
          }}
        >
          other
        </button>
      </>
    );
  }
  render(<Held />);
  const content = await screen.findByRole('textbox', { name: 'Plan' });
  const view = EditorView.findFromDOM(content);
  if (!view) throw new Error('no editor');
  return { changed, content, view };
}

describe('the code editor', () => {
  it('tells what was typed, and how to leave it by keyboard', async () => {
    const { changed, content, view } = await open();
    act(() => {
      view.dispatch({ changes: { from: 4, insert: '2' } });
    });
    expect(changed).toHaveBeenCalledExactlyOnceWith('a: 12');
    expect(content).toHaveAccessibleDescription('Esc, then Tab, leaves the editor.');
  });
  it('takes a text from the page, keeps the cursor, and does not tell it back', async () => {
    const { changed, view } = await open();
    act(() => {
      view.dispatch({ selection: { anchor: 2 } });
      screen.getByText('other').click();
    });
    await waitFor(() => {
      expect(view.state.doc.toString()).toBe('a: 1\nb: 2');
    });
    expect(view.state.selection.main.anchor).toBe(2);
    expect(changed).not.toHaveBeenCalled();
  });
  it('marks what is wrong, also beyond the end of the text', async () => {
    const { view } = await open({ marks: [{ from: 2, to: 99, severity: 'error', message: 'no such column' }] });
    const found: [string, number, number][] = [];
    forEachDiagnostic(view.state, ({ message }, from, to) => found.push([message, from, to]));
    expect(found).toEqual([['no such column', 2, 4]]);
  });
  it('offers what may stand there', async () => {
    const { view } = await open({
      language: 'sql',
      value: 'na',
      field: true,
      offers: () => [
        { label: 'name', kind: 'column', detail: 'VARCHAR' },
        { label: 'nullif', kind: 'function' },
        { label: 'other', kind: 'column' },
      ],
    });
    expect(autocompletion).toBeDefined();
    act(() => {
      view.dispatch({ selection: { anchor: 2 } });
      view.focus();
      startCompletion(view);
    });
    await waitFor(() => {
      expect(currentCompletions(view.state).map(({ label }) => label)).toEqual(['name']);
    });
  });
});
