import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ALL, renderApp, where } from '@/testing/render-app';
import { answersWith, editorOf, PATH, SAMPLE, withEditors } from './testing/plan-page';

withEditors();

const ONE = `version: 1
source: {connection: legacy}
target: {connection: crm}
mappings:
  - source: TBL_CUST   # people
    target: customers
`;
const SECOND = '  - source: TBL_CUST\n    target: customers_2\n';
const open = (text: string, search = '', permissions = ALL) =>
  renderApp(`${PATH}${search}`, { answers: answersWith(text), permissions });
const parts = async () => within(await screen.findByRole('navigation', { name: 'Parts of the plan' }));
const another = () => screen.findByRole('button', { name: 'Another target table' });

describe('one table into several', () => {
  it('gets one more target by a button, in the form and in the text, and each has its preview', async () => {
    const { api, user } = await open(ONE, '?table=customers&side=preview');
    await user.click(await another());
    expect(where()).toContain('table=customers_2');
    expect(screen.getByRole('heading', { name: /TBL_CUST\s*becomes\s*customers_2/ })).toBeVisible();
    expect(await another()).toHaveFocus();
    expect((await parts()).getByRole('link', { name: 'customers_2 from TBL_CUST' })).toHaveAttribute(
      'aria-current',
      'true',
    );
    await waitFor(() => {
      expect(api.of(SAMPLE).at(-1)?.body).toMatchObject({
        table: 'customers_2',
        text: expect.stringContaining(SECOND),
      });
    });
    await user.click((await parts()).getByRole('link', { name: 'customers from TBL_CUST' }));
    await waitFor(() => {
      expect(api.of(SAMPLE).at(-1)?.body).toMatchObject({ table: 'customers' });
    });
  });
  it('leads from one part to the other, and loses one of them', async () => {
    const { user } = await open(`${ONE}\n${SECOND}`, '?table=customers_2');
    const { text } = await editorOf('Plan file');
    expect(await screen.findByText('TBL_CUST goes into several tables:')).toBeVisible();
    await user.click(within(screen.getByRole('group', { name: 'Plan' })).getByRole('link', { name: 'customers' }));
    expect(screen.getByRole('textbox', { name: 'Table in the target' })).toHaveValue('customers');
    await user.click(screen.getByRole('button', { name: 'Remove from the plan' }));
    expect(where()).toContain('table=customers_2');
    expect(screen.getByRole('heading', { name: /TBL_CUST\s*becomes\s*customers_2/ })).toBeVisible();
    expect(screen.queryByText('TBL_CUST goes into several tables:')).toBeNull();
    expect(text()).not.toContain('target: customers\n');
    expect(text()).toContain(SECOND);
  });
  it('follows the text, also where two have the same target for a moment', async () => {
    const { user } = await open(ONE);
    const { write, text } = await editorOf('Plan file');
    write(`${ONE}${SECOND.replace('customers_2', 'customers')}`);
    const links = () => screen.getAllByRole('link', { name: 'customers from TBL_CUST' });
    await waitFor(() => {
      expect(links()).toHaveLength(2);
    });
    await user.click(links()[1] as HTMLElement);
    const target = screen.getByRole('textbox', { name: 'Table in the target' });
    await user.clear(target);
    await user.type(target, 'addresses');
    await user.tab();
    await waitFor(() => {
      expect(text()).toBe(`${ONE}${SECOND.replace('customers_2', 'addresses')}`);
    });
    expect(where()).toContain('table=addresses');
  });
  it('is asked for its target where a table that is there already is added', async () => {
    const { user } = await open(ONE);
    const { text } = await editorOf('Plan file');
    const list = await parts();
    await user.click(list.getByRole('button', { name: 'Add a table' }));
    await user.type(list.getByLabelText('Table of the source'), 'TBL_CUST');
    await user.type(list.getByLabelText('Table in the target'), 'addresses');
    await user.click(list.getByRole('button', { name: 'Add a table' }));
    await waitFor(() => {
      expect(text()).toContain(SECOND.replace('customers_2', 'addresses'));
    });
    expect(where()).toContain('table=addresses');
  });
  it('is not offered to who may only read', async () => {
    await open(
      `${ONE}${SECOND}`,
      '',
      ALL.filter((each) => each !== 'projects.write'),
    );
    expect(await screen.findByText('TBL_CUST goes into several tables:')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Another target table' })).toBeNull();
  });
});
