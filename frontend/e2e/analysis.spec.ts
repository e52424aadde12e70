import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expectNoViolation, overflow } from './accessible';
import { ANNA, DATA_FOLDER, expect, signIn, test } from './app';

const CUSTOMERS = 400;

function makeWarehouse() {
  const database = new DatabaseSync(path.join(DATA_FOLDER(), 'warehouse.db'));
  database.exec(`
    CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, email TEXT, city TEXT, credit NUMERIC(10,2));
    CREATE TABLE purchase (purchase_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer (customer_id));
    CREATE VIEW big_customer AS SELECT * FROM customer WHERE credit > 900;
  `);
  const customer = database.prepare('INSERT INTO customer VALUES (?, ?, ?, ?)');
  const purchase = database.prepare('INSERT INTO purchase VALUES (?, ?)');
  for (let number = 1; number <= CUSTOMERS; number += 1) {
    customer.run(number, number % 4 ? `someone${String(number)}@example.com` : null, 'Ulm', (number * 37) % 1000);
    purchase.run(number, number);
  }
  database.close();
}

/** Makes the connection, and finds the project of the walk. */
async function prepare(page: Page) {
  const login = await page.request.post('/api/v1/auth/login', { data: { email: ANNA.email, password: ANNA.password } });
  const { access_token } = (await login.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  const made = await page.request.post('/api/v1/connections', {
    headers,
    data: { name: 'warehouse', url: 'sqlite:folder:warehouse.db' },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const projects = await page.request.get('/api/v1/projects?search=Shop%20to%20CRM', { headers });
  return ((await projects.json()) as { items: { project_id: string }[] }).items[0]?.project_id ?? '';
}

test('a database is analysed: its tree, a column’s profile, its quality', async ({ page }) => {
  makeWarehouse();
  const project = await prepare(page);
  await signIn(page);
  await page.goto(`/projects/${project}/analysis`);
  await page.getByRole('link', { name: 'Start an analysis' }).first().click();
  await page.getByLabel('What to look at').selectOption('warehouse');
  await page.getByLabel('Where it shall go').selectOption('PostgreSQL');
  await page.getByRole('button', { name: 'Start an analysis' }).click();
  await expect(page.getByRole('heading', { name: 'Verdict' })).toBeVisible();

  await page.getByRole('navigation', { name: 'Pages of the analysis' }).getByRole('link', { name: 'Tables' }).click();
  const tree = page.getByRole('tree', { name: 'Tables and other objects' });
  await expect(tree.getByRole('treeitem', { name: /purchase/ })).toBeVisible();
  await expect(tree.getByRole('treeitem', { name: /Views/ })).toBeVisible();
  await tree.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'email' });
  await expect(panel.getByText(`${String(CUSTOMERS / 4)} (25%)`)).toBeVisible();
  await expect(panel.getByText(`${String((CUSTOMERS * 3) / 4)} (counted exactly)`)).toBeVisible();
  await expect(panel.getByText('Personal', { exact: false }).first()).toBeVisible();
  await expectNoViolation(page);

  await page.getByRole('link', { name: 'Quality', exact: true }).click();
  await expect(page.getByText('Completeness = values that are neither NULL', { exact: false })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Tables, worst first' }).getByText('customer')).toBeVisible();

  await page.setViewportSize({ width: 360, height: 720 });
  await page.goto(`/projects/${project}/analysis/diagram`);
  await expect(page.getByRole('button', { name: /^customer / }).first()).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await expectNoViolation(page);
});
