import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ANNA, expect, signIn, test } from './app';

const ROWS = 200;

const databaseAt = (name: string) => new DatabaseSync(path.join(process.env.MIQ_E2E_DATA ?? '', name));

function makeCustomers(name: string) {
  const database = databaseAt(name);
  database.exec('CREATE TABLE customer (id INTEGER PRIMARY KEY, country TEXT NOT NULL, age INTEGER NOT NULL)');
  const add = database.prepare('INSERT INTO customer VALUES (?, ?, ?)');
  for (let id = 1; id <= ROWS; id += 1) add.run(id, ['GB', 'US', 'DE'][id % 3] ?? '', 18 + ((id * 7) % 60));
  database.close();
}

async function makeProject(page: Page, database: string) {
  const answer = await page.request.post('/api/v1/auth/login', {
    data: { email: ANNA.email, password: ANNA.password },
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const post = async (address: string, data: object) => {
    const made = await page.request.post(`/api/v1/${address}`, {
      data,
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(made.status(), await made.text()).toBe(201);
    return (await made.json()) as { project_id: string };
  };
  await post('connections', { name: 'customers', url: `sqlite:folder:${database}` });
  // With a plan, as every other project: pages of plans are looked at meanwhile.
  const plan = { template_id: 'whole-database', source_connection: 'customers', target_connection: 'crm' };
  return (await post('projects', { name: 'Checked', plan_name: 'checked', ...plan })).project_id;
}

test('rules are proposed, accepted and carried out; the rows that broke one are seen', async ({ page }) => {
  makeCustomers('checked.db');
  const project = await makeProject(page, 'checked.db');
  await signIn(page);

  await test.step('rules that the data propose', async () => {
    await page.goto(`/projects/${project}/validation`);
    await page.getByRole('link', { name: 'New suite' }).first().click();
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('customers');
    await page.getByRole('textbox', { name: 'Name' }).fill('Customers');
    await page.getByRole('button', { name: 'Propose rules' }).click();
    await page.getByRole('button', { name: /^Accept all/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Version 2')).toBeVisible();
    await expect(page.getByText(/wait for your decision/)).toBeHidden();
  });

  await test.step('hold of the data', async () => {
    await page.getByRole('button', { name: 'Carry out now' }).click();
    await expect(page.getByText('All passed')).toBeVisible();
  });

  await test.step('and show what breaks one', async () => {
    const database = databaseAt('checked.db');
    database.exec('UPDATE customer SET age = -5 WHERE id = 42');
    database.close();
    await page.getByRole('link', { name: 'Customers' }).click();
    await page.getByRole('button', { name: 'Carry out now' }).click();
    await page
      .getByRole('row', { name: /Failed.*customer\.age/ })
      .getByRole('link', { name: 'Range' })
      .click();
    const panel = page.getByRole('complementary', { name: 'Range' });
    await expect(panel.getByRole('row', { name: '42 -5' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  await test.step('which somebody looks after', async () => {
    await page.goto('/operations/alerts');
    await page.getByRole('button', { name: /^Acknowledge: range_customer_age/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await expect(page.getByRole('row', { name: /range_customer_age.*Acknowledged/ })).toBeVisible();
  });
});
