import { forEachDiagnostic } from '@codemirror/lint';
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, renderApp, where } from '@/testing/render-app';
import { answersWith, COLUMNS, editorOf, PATH, PLAN, planOf, SAMPLE, VALIDATE, withEditors } from './testing/plan-page';

withEditors();

const TEXT = `version: 1
source: {connection: legacy}
target: {connection: crm}
mappings:
  - source: TBL_CUST   # people
    target: customers
    columns:
      - {target: id, source: CUST_NO}
      - {target: email, expr: "lower(E_MAIL)"}
`;
const plan = (members = {}) => planOf(TEXT, members);
const column = (name: string) => make('PlanColumnView', { name, type: 'text', native: 'VARCHAR' });
const columns = make('PlanColumnsView', {
  items: [
    make('PlanTableView', {
      source_table: 'TBL_CUST',
      target_table: 'customers',
      source_columns: ['CUST_NO', 'E_MAIL', 'CITY'].map(column),
    }),
  ],
});
const sampled = (before: string, after: string | null, members = {}) =>
  make('SampledRowView', {
    before: { CUST_NO: '1', E_MAIL: before },
    after: after === null ? null : { id: '1', email: after },
    outcome: 'unchanged',
    ...members,
  });
const sample = make('PlanSampleView', {
  columns: [
    make('SampledColumnView', { target: 'id', source: 'CUST_NO', type: 'INTEGER' }),
    make('SampledColumnView', { target: 'email', expression: 'lower(E_MAIL)', type: 'TEXT' }),
  ],
  source_columns: ['CUST_NO', 'E_MAIL'].map((name) => make('SampledSourceColumn', { name })),
  rows: [
    sampled('nobody', null, {
      outcome: 'rejected',
      findings: [make('SampledFindingView', { column: 'email', kind: 'rule', message: 'no address' })],
    }),
    sampled('A@X.COM', 'a@x.com'),
  ],
  counts: make('SampleCounts', { read: 2, altered: 0, rejected: 1, filtered: 0 }),
});
const PUT = 'PUT /api/v1/plans/{plan_id}';
const CHECK = 'POST /api/v1/expressions/check';
const answers = {
  ...answersWith(TEXT),
  [COLUMNS]: () => columns,
  [SAMPLE]: () => sample,
  [CHECK]: () => ({ type: 'text', faults: [] }),
};

const open = (search = '', more = {}) => renderApp(`${PATH}${search}`, { answers: { ...answers, ...more } });
const save = () => screen.findByRole('button', { name: 'Save' });

itHasFourFaces({
  path: PATH,
  operation: 'GET /api/v1/projects/{project_id}/plans',
  empty: { answer: list(), text: /No plan yet/ },
});
itHasFourFaces({ path: PATH, operation: PLAN, answers });

describe('a plan as form and text', () => {
  it('is changed by the form, comments and order staying, and saved on its version', async () => {
    const { api, user } = await open('', { [PUT]: () => plan({ version: 4, text: `${TEXT}    rest: drop\n` }) });
    const file = await editorOf('Plan file');
    await user.selectOptions(await screen.findByLabelText('Columns not named below'), 'Leave them behind');
    await waitFor(() => {
      expect(file.text()).toBe(`${TEXT}    rest: drop\n`);
    });
    await user.type(screen.getByRole('textbox', { name: 'What did you change? (optional)' }), 'less');
    await user.click(await save());
    await waitFor(() => {
      expect(api.of(PUT)[0]?.body).toEqual({ text: `${TEXT}    rest: drop\n`, message: 'less' });
    });
    expect(api.of(PUT)[0]?.headers.get('If-Match')).toBe('"v3"');
    await waitFor(() => {
      expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    });
  });
  it('is changed by the text, and the form follows; where it is no YAML, the form waits', async () => {
    await open();
    const file = await editorOf('Plan file');
    file.write(TEXT.replace('target: customers', 'target: people'));
    expect(await screen.findByDisplayValue('people')).toBeVisible();
    file.write('mappings: [');
    expect(await screen.findByRole('button', { name: /Line 1/ })).toBeVisible();
    expect(await save()).toBeDisabled();
  });
  it('takes back and does again what the form did', async () => {
    const { user } = await open();
    const field = await screen.findByRole('textbox', { name: 'Table in the target' });
    await user.type(field, '2');
    await user.tab();
    const file = await editorOf('Plan file');
    await waitFor(() => {
      expect(file.text()).toContain('target: customers2');
    });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(file.text()).toBe(TEXT);
    await user.click(screen.getByRole('button', { name: 'Redo' }));
    expect(file.text()).toContain('target: customers2');
  });
  it('names a column that was taken as it is', async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Name CITY in the plan' }));
    const file = await editorOf('Plan file');
    expect(file.text()).toContain('      - {target: CITY, source: CITY}\n');
    expect(where()).toContain('column=CITY');
  });
  it('can be read, but not changed, without the permission', async () => {
    await renderApp(PATH, { answers, permissions: ALL.filter((each) => each !== 'projects.write') });
    expect(await screen.findByText(/You may read this plan, not change it/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Table in the target' })).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Add a column' })).toBeNull();
  });
});

describe('what is wrong', () => {
  const fault = make('PlanFaultView', {
    code: 'MIQ-PLAN-004',
    message: 'no such mode',
    line: 6,
    column: 5,
    place: '',
    fix: '',
  });
  it('with the plan stands at its line and at its field', async () => {
    const { user } = await open('', { [VALIDATE]: () => ({ valid: false, faults: [fault] }) });
    const file = await editorOf('Plan file');
    await user.click(await screen.findByRole('button', { name: 'Line 6' }));
    expect(file.view.state.selection.main.from).toBe(TEXT.indexOf('target: customers'));
    const found: string[] = [];
    forEachDiagnostic(file.view.state, ({ message }) => found.push(message));
    expect(found).toEqual(['no such mode']);
    expect(screen.getByRole('textbox', { name: 'Table in the target' })).toBeInvalid();
  });
  it('of an expression that was emptied leaves its field where it is, to be written anew', async () => {
    await open('?column=email');
    const file = await editorOf('Plan file');
    (await editorOf('Expression')).write('');
    await waitFor(() => {
      expect(file.text()).toContain('expr: ""');
    });
    (await editorOf('Expression')).write('upper(E_MAIL)');
    await waitFor(() => {
      expect(file.text()).toBe(TEXT.replace('lower', 'upper'));
    });
  });
  it('with an expression is marked at its word', async () => {
    const missing = make('ExpressionFaultView', { message: 'no column EMAIL; did you mean E_MAIL?', position: 6 });
    await open('?column=email', { [CHECK]: () => ({ faults: [missing] }) });
    const expression = await editorOf('Expression');
    expression.write('lower(EMAIL)');
    expect(await screen.findByText(/did you mean E_MAIL/)).toBeVisible();
    const found: string[] = [];
    forEachDiagnostic(expression.view.state, (_, from, to) => found.push(expression.text().slice(from, to)));
    expect(found).toEqual(['EMAIL']);
  });
});

describe('the preview', () => {
  it('shows real rows before and after, and why one is refused', async () => {
    await open('?side=preview');
    const table = within(await screen.findByRole('table', { name: 'What becomes of real rows' }));
    expect(table.getByText('no address')).toBeVisible();
    expect(table.getByRole('cell', { name: /A@X\.COM\s*becomes\s*a@x\.com/ })).toBeVisible();
    expect(screen.getByText('Rejected: 1')).toBeVisible();
  });
  it('asks again for what is typed, for the last of it only', async () => {
    const { api } = await open('?column=email');
    const expression = await editorOf('Expression');
    await waitFor(() => {
      expect(api.of(SAMPLE)).toHaveLength(1);
    });
    for (const text of ['u', 'up', 'upper(E_MAIL)']) expression.write(text);
    await waitFor(() => {
      expect(api.of(SAMPLE).at(-1)?.body).toMatchObject({ table: 'customers', text: TEXT.replace('lower', 'upper') });
    });
    expect(api.of(SAMPLE)).toHaveLength(2);
  });
});

describe('what is not saved', () => {
  it('is there again when one comes back, and can be discarded', async () => {
    const first = await open();
    (await editorOf('Plan file')).write(`${TEXT}name: mine\n`);
    await save();
    const warned = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(warned);
    expect(warned.defaultPrevented).toBe(true);
    first.unmount();
    const { user } = await open();
    expect(await screen.findByText(/Your unsaved changes are here again/)).toBeVisible();
    const file = await editorOf('Plan file');
    expect(file.text()).toBe(`${TEXT}name: mine\n`);
    await user.click(screen.getAllByRole('button', { name: 'Discard' })[0] as HTMLElement);
    expect(file.text()).toBe(TEXT);
  });
});

describe('two at once', () => {
  it('are told of each other, see base, theirs and mine, and lose nothing', async () => {
    let stored = plan();
    const { api, user } = await open('', {
      [PLAN]: () => stored,
      [PUT]: ({ headers }: { headers: Headers }) =>
        headers.get('If-Match') === '"v3"' ? refuse(412, 'MIQ-API-009') : plan({ version: 5 }),
    });
    (await editorOf('Plan file')).write(`name: mine\n${TEXT.replace('# people', '# humans')}`);
    const button = await save();
    stored = plan({
      version: 4,
      author: 'Ben Ito <ben@example.com>',
      text: TEXT.replace('# people', '# clients').replace('target: customers', 'target: clients'),
    });
    await user.click(button);
    expect(
      await screen.findByRole('heading', { name: 'Ben Ito saved version 4 while you were editing' }),
    ).toHaveFocus();
    const conflict = within(screen.getByRole('group', { name: 'Conflict 1' }));
    expect(conflict.getByRole('group', { name: 'As it was' })).toHaveTextContent('# people');
    const done = screen.getByRole('button', { name: 'Save the merged plan' });
    expect(done).toBeDisabled();
    await user.click(conflict.getByRole('radio', { name: 'By Ben Ito' }));
    await user.click(conflict.getByRole('radio', { name: 'Mine' }));
    await user.click(done);
    await waitFor(() => {
      expect(api.of(PUT)).toHaveLength(2);
    });
    expect(api.of(PUT)[1]?.headers.get('If-Match')).toBe('"v4"');
    const { text } = api.of(PUT)[1]?.body as { text: string };
    expect(text).toContain('name: mine');
    expect(text).toContain('# humans');
  });
  it('follows what others save as long as nothing was typed', async () => {
    let stored = plan();
    await open('', { [PLAN]: () => stored });
    const file = await editorOf('Plan file');
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    stored = plan({ version: 4, text: `${TEXT}name: theirs\n` });
    act(() => {
      FakeSocket.last?.event('project:p1', 'plan.changed', { plan_id: 'l1' });
    });
    await waitFor(() => {
      expect(file.text()).toContain('name: theirs');
    });
  });
});
