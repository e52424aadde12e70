import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { annas, type Post } from './annas';
import { expect, signIn, test } from './app';

const SHOP = `CREATE TABLE CUST_MSTR (CUST_NO INTEGER PRIMARY KEY, EMAIL_ADDR TEXT, DOB TEXT, TEL_NO TEXT, X_RMKS TEXT);
  INSERT INTO CUST_MSTR VALUES
    (1, 'anna@example.com', '1980-12-31', '+49 30 100001', ''),
    (2, 'ben@example.com', '1975-02-01', '+49 30 100002', 'vip'),
    (3, 'clara@example.com', '1990-06-15', '+49 30 100003', '')`;
const CRM = `CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT, birth_date TEXT, phone TEXT);
  INSERT INTO customer VALUES
    (7, 'dora@example.org', '1979-11-30', '+49 40 200001'),
    (8, 'emil@example.org', '1988-02-17', '+49 40 200002')`;

function database(name: string, sql: string) {
  const folder = process.env.MIQ_E2E_DATA ?? '';
  mkdirSync(folder, { recursive: true });
  const made = new DatabaseSync(path.join(folder, `${name}.db`));
  made.exec(sql);
  made.close();
}

/** A project and two databases that hold the same under other names. */
async function project(post: Post, name: string) {
  const [source, target] = [`${name}-shop`, `${name}-crm`];
  database(source, SHOP);
  database(target, CRM);
  for (const each of [source, target]) await post('connections', { name: each, url: `sqlite:folder:${each}.db` });
  const { project_id = '' } = await post('projects', { name });
  return { project_id, source, target };
}

async function match(page: Page, { project_id, source, target }: Awaited<ReturnType<typeof project>>) {
  await page.goto(`/projects/${project_id}/mapping`);
  await page.getByRole('link', { name: 'Start a matching' }).click();
  await page.getByLabel('Source', { exact: true }).selectOption({ label: `${source} (sqlite)` });
  await page.getByLabel('Target', { exact: true }).selectOption({ label: `${target} (sqlite)` });
  await page.getByRole('button', { name: 'Start a matching' }).click();
  await expect(page.getByRole('listbox')).toBeVisible();
}
async function expectAccessible(page: Page) {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  }
}
const row = (page: Page, name: string) => page.getByRole('option', { name: new RegExp(name) });
const mark = (page: Page, name: string, word: string) => row(page, name).getByRole('img', { name: word, exact: true });

test('two databases are matched, decided about by keyboard, and made a plan', async ({ page, own }) => {
  await signIn(page);
  await match(page, await project(await annas(page), own('by-keyboard')));
  await expect(row(page, 'EMAIL_ADDR')).toContainText('email');
  await expect(page.getByText('Decided: 0 of 5')).toBeVisible();
  await expectAccessible(page);
  for (let times = 0; times < 5; times += 1) await page.keyboard.press('Enter');
  await expect(page.getByText('Decided: 5 of 5')).toBeVisible();
  await expect(mark(page, 'EMAIL_ADDR', 'Accepted')).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByText('Decided: 4 of 5')).toBeVisible();
  // Decided and loaded again in the same moment: nothing of it is lost.
  await page.evaluate(() => {
    for (const key of ['Enter', 'u', 'n'])
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    location.reload();
  });
  await page.waitForLoadState();
  await expect(page.getByText('Decided: 5 of 5')).toBeVisible();
  await expect(mark(page, 'X_RMKS', 'No match')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 720 });
  await page.evaluate(() => {
    localStorage.setItem('miq.language', 'ar');
  });
  await page.reload();
  await expect(page.getByRole('listbox')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await page.evaluate(() => {
    localStorage.setItem('miq.language', 'en');
  });
  await page.reload();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the plan' }).click();
  await expect(page).toHaveURL(/\/transformation\?plan=/);
  const plan = new URL(page.url()).searchParams.get('plan') ?? '';
  const text = await (await annas(page)).get(`plans/${plan}`);
  expect(text.text).toContain('birth_date');
});

test('decided without a network: sent when it is back, and what another decided meanwhile is asked about', async ({
  page,
  context,
  own,
}) => {
  await signIn(page);
  const post = await annas(page);
  await match(page, await project(post, own('offline')));
  const matching = (await post.list(page.url().replace(/.*projects\/([^/]+).*/, 'projects/$1/matchings')))[0];
  await context.setOffline(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('n');
  await expect(page.getByText('Wait to be sent: 2')).toBeVisible();
  await expect(mark(page, 'CUST_NO', 'Accepted')).toBeVisible();
  await post(`matchings/${matching?.matching_id ?? ''}/suggestions/2/decision`, { decision: 'accepted' }, 200);
  await context.setOffline(false);
  const conflict = page.getByRole('alert');
  await expect(conflict).toContainText('Somebody else decided about EMAIL_ADDR meanwhile');
  await conflict.getByRole('button', { name: 'Take mine' }).click();
  await expect(mark(page, 'EMAIL_ADDR', 'No match')).toBeVisible();
  await expect(page.getByText(/Wait to be sent/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('Decided: 2 of 5')).toBeVisible();
  await expect(mark(page, 'CUST_NO', 'Accepted')).toBeVisible();
});
