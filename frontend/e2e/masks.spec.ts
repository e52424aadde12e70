import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expectNoViolation, overflow } from './accessible';
import { annas } from './annas';
import { DATA_FOLDER, expect, signIn, test } from './app';

const MARK = 'zq7original';
const plan = (source: string, target: string) => `version: 1
source: {connection: ${source}}
target: {connection: ${target}}
mappings:
  - source: client
    columns:
      - {target: id, source: id}
      - {target: email, source: email}
`;

function makeDatabase() {
  const database = new DatabaseSync(path.join(DATA_FOLDER(), 'clients.db'));
  database.exec(`CREATE TABLE client (id INTEGER PRIMARY KEY, email VARCHAR(80));
    INSERT INTO client VALUES (1, '${MARK}@example.org'), (2, NULL), (3, '${MARK}@example.org');`);
  database.close();
}

test('a column is masked in the form, and nothing of what was there arrives or is told', async ({ page, own }) => {
  makeDatabase();
  await signIn(page);
  const post = await annas(page);
  const [source, target] = [own('clients'), own('clients-test')];
  await post('connections', { name: source, url: 'sqlite:folder:clients.db' });
  await post('connections', { name: target, url: 'sqlite:folder:clients-test.db' });
  const { project_id = '' } = await post('projects', { name: own('Clients') });
  const { plan_id = '' } = await post(`projects/${project_id}/plans`, { name: 'clients', text: plan(source, target) });
  await page.goto(`/projects/${project_id}/transformation?plan=${plan_id}&table=client&column=email`);

  await page.getByLabel('Mask', { exact: true }).selectOption('E-mail address');
  await expect(page.getByLabel(/Key of the mask/)).toHaveValue('pii');
  await expect(page.getByText(/u[a-z2-7]{26}@example\.com/).first()).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await expectNoViolation(page);
  if (process.env.MIQ_PICTURES) await page.screenshot({ path: `${process.env.MIQ_PICTURES}/mask.png`, fullPage: true });
  await page.setViewportSize({ width: 375, height: 800 });
  await expect.poll(() => overflow(page)).toBeLessThanOrEqual(0);
  if (process.env.MIQ_PICTURES) await page.screenshot({ path: `${process.env.MIQ_PICTURES}/mask-phone.png` });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);

  const { run_id = '' } = await post('runs', { plan_id, kind: 'run' });
  await page.goto(`/runs/${run_id}`);
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible({ timeout: 60_000 });
  const told = await Promise.all(['', '/report', '/events'].map((part) => post.get(`runs/${run_id}${part}`)));
  expect(JSON.stringify(told)).toContain('"masked"');
  expect(JSON.stringify(told)).not.toContain(MARK);
  const written = new DatabaseSync(path.join(DATA_FOLDER(), 'clients-test.db'));
  const rows = written.prepare('SELECT email FROM client ORDER BY id').all();
  written.close();
  expect(rows[0]?.email).toMatch(/^u[a-z2-7]{26}@example\.com$/);
  expect(rows[1]?.email).toBeNull();
  expect(rows[2]?.email).toBe(rows[0]?.email);
  expect(readFileSync(path.join(DATA_FOLDER(), 'clients-test.db')).includes(MARK)).toBe(false);
});
