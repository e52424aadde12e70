import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { make } from '@/testing/mock-api';
import { renderApp } from '@/testing/render-app';
import { answersWith, editorOf, PATH, SAMPLE, withEditors } from './testing/plan-page';

withEditors();

const TEXT = `version: 1
source: {connection: legacy}
target: {connection: crm}
mappings:
  - source: TBL_CUST
    target: customers
    columns:
      - {target: email, source: E_MAIL} # of people
`;
const MASK = ', mask: {kind: email, key: clients}';
const sample = (column: Record<string, unknown>) =>
  make('PlanSampleView', {
    columns: [make('SampledColumnView', { target: 'email', source: 'E_MAIL', type: 'TEXT', ...column })],
    source_columns: [make('SampledSourceColumn', { name: 'E_MAIL' })],
    rows: [make('SampledRowView', { before: { E_MAIL: 'ada@x.org' }, after: { email: 'u4kq@example.com' } })],
  });
const answers = {
  ...answersWith(TEXT),
  [SAMPLE]: () => sample({ mask: 'email' }),
  'GET /api/v1/masks/kinds': () => ({
    items: [
      make('MaskKindView', { kind: 'email', keyed: true, distinct: true, example: 'ada@x.org', becomes: 'u4kq' }),
      make('MaskKindView', { kind: 'redact', keyed: false, distinct: false, example: 'flu', becomes: '***' }),
      make('MaskKindView', { kind: 'scramble', keyed: false, distinct: true, description: 'of a later server' }),
    ],
  }),
  'GET /api/v1/masks/keys': () => ({ items: [make('MaskKeyView', { name: 'clients' })] }),
};

const open = (more = {}) => renderApp(`${PATH}?table=customers&column=email`, { answers: { ...answers, ...more } });

describe('the mask of a column', () => {
  it('is chosen in the form with a key that is there, and stands in the text', async () => {
    const { user } = await open();
    const { text } = await editorOf('Plan file');
    await screen.findByRole('option', { name: 'E-mail address' });
    await user.selectOptions(screen.getByLabelText('Mask'), 'E-mail address');
    await waitFor(() => {
      expect(text()).toBe(TEXT.replace('source: E_MAIL', `source: E_MAIL${MASK}`));
    });
    expect(screen.getByText(/nothing can be sent. For instance ada@x.org becomes u4kq./)).toBeVisible();
    const key = screen.getByLabelText(/Key of the mask/);
    expect(key).toHaveValue('clients');
    await user.clear(key);
    await user.type(key, 'pii');
    await user.tab();
    await waitFor(() => {
      expect(text()).toContain('mask: {kind: email, key: pii}');
    });
  });
  it('loses its key with a kind that needs none, and goes altogether', async () => {
    const { user } = await open();
    const { text } = await editorOf('Plan file');
    await screen.findByRole('option', { name: 'E-mail address' });
    await user.selectOptions(screen.getByLabelText('Mask'), 'E-mail address');
    await user.selectOptions(screen.getByLabelText('Mask'), 'Redacted');
    await waitFor(() => {
      expect(text()).toContain('mask: {kind: redact}');
    });
    expect(screen.queryByLabelText(/Key of the mask/)).toBeNull();
    expect(screen.getByText(/Different values can become equal/)).toBeVisible();
    await user.selectOptions(screen.getByLabelText('Mask'), 'None: values are written as they are');
    await waitFor(() => {
      expect(text()).toBe(TEXT);
    });
  });
  it('of a kind that this page does not know is told in the words of the server', async () => {
    const { user } = await open();
    await screen.findByRole('option', { name: 'scramble' });
    await user.selectOptions(screen.getByLabelText('Mask'), 'scramble');
    expect(await screen.findByText(/of a later server/)).toBeVisible();
  });
  it('that keeps the format of personal data is proposed, and taken by one click', async () => {
    const proposal = { meaning: 'email', title: 'E-mail address', confidence: 0.97, mask: 'email' };
    const { user } = await open({ [SAMPLE]: () => sample({ proposal }) });
    const { text } = await editorOf('Plan file');
    expect(await screen.findByText('Looks like personal data: E-mail address, 97% sure.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Mask it: E-mail address' }));
    await waitFor(() => {
      expect(text()).toBe(TEXT.replace('source: E_MAIL', `source: E_MAIL${MASK}`));
    });
    expect(screen.queryByText(/Looks like personal data/)).toBeNull();
  });
  it('is not offered where none fits the column', async () => {
    const proposal = { meaning: 'phone', title: 'Phone or fax number', confidence: 0.9 };
    await open({ [SAMPLE]: () => sample({ proposal }) });
    expect(await screen.findByText(/No mask fits the type of the column/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /Mask it/ })).toBeNull();
  });
  it('shows in the preview what becomes of real values', async () => {
    await open();
    expect((await screen.findAllByText('u4kq@example.com')).length).toBeGreaterThan(0);
  });
});
