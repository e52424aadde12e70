import { EditorView } from '@codemirror/view';
import { act, screen } from '@testing-library/react';
import { beforeAll } from 'vitest';
import { list, make } from '@/testing/mock-api';

export const PATH = '/projects/p1/transformation';
export const PLAN = 'GET /api/v1/plans/{plan_id}';
export const COLUMNS = 'GET /api/v1/plans/{plan_id}/columns';
export const VALIDATE = 'POST /api/v1/projects/{project_id}/plans/validate';
export const SAMPLE = 'POST /api/v1/projects/{project_id}/plans/sample';

/** What a page is made of is there before its time is taken. */
export function loadedBefore(...parts: (() => Promise<unknown>)[]) {
  beforeAll(async () => {
    await Promise.all(parts.map((load) => load()));
  }, 60_000);
}

/** The workbench with its editors; jsdom lays nothing out. */
export function withEditors() {
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  loadedBefore(
    () => import('../routes/transformation'),
    () => import('@/components/code-editor/editor'),
  );
}

/** The plan `nightly` of a project with a text of the test's own. */
export const planOf = (text: string, members = {}) =>
  make('PlanTextView', {
    plan_id: 'l1',
    project_id: 'p1',
    name: 'nightly',
    text,
    version: 3,
    author: 'Anna',
    ...members,
  });

/** A project with that plan, in which nothing is wrong. */
export const answersWith = (text: string) => ({
  'GET /api/v1/projects/{project_id}': () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' }),
  'GET /api/v1/projects/{project_id}/plans': () =>
    list(make('PlanView', { plan_id: 'l1', project_id: 'p1', name: 'nightly' })),
  [PLAN]: () => planOf(text),
  [COLUMNS]: () => make('PlanColumnsView', { items: [] }),
  [VALIDATE]: () => ({ valid: true, faults: [] }),
});

/** The editor with that label: what stands in it, and typing all of it anew. */
export async function editorOf(name: string) {
  const view = EditorView.findFromDOM(await screen.findByRole('textbox', { name }, { timeout: 10_000 }));
  if (!view) throw new Error(`no editor ${name}`);
  const write = (text: string) => {
    act(() => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    });
  };
  return { view, write, text: () => view.state.doc.toString() };
}
