import type { Page } from '@playwright/test';
import { ANNA, expect, SETUP_LINK, test } from './app';
import { makeProject, rehearse, runAndProve, undo } from './migrate';
import { hasPostgres, makePostgres } from './postgres';

const ROWS = 20_000;
const TABLES = 6;
const LINE = 'ORD_LINE';

/** The form of a target, with what is wrong, then with what is right. */
const refused = async (page: Page) => {
  await page.getByRole('button', { name: 'Test and save' }).click();
  await expect(page.getByRole('alert')).toContainText('MIQ-');
};

async function intoPostgres(page: Page) {
  const made = makePostgres('walk');
  await page.goto('/connections/new?kind=postgresql');
  await page.getByRole('textbox', { name: 'Host' }).fill(made.host);
  await page.getByRole('textbox', { name: 'Port' }).fill(made.port);
  await page.getByRole('textbox', { name: 'Database' }).fill(made.database);
  await page.getByRole('textbox', { name: 'User' }).fill(made.user);
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('crm');
  await refused(page);
  await page.getByLabel('Password').fill(made.password);
  return made;
}

async function intoFile(page: Page) {
  await page.goto('/connections/new?kind=sqlite');
  await page.getByRole('textbox', { name: 'Path' }).fill('../outside.db');
  await page.getByRole('textbox', { name: 'Name' }).fill('crm');
  await refused(page);
  await page.getByRole('textbox', { name: 'Path' }).fill('crm.db');
  return undefined;
}

const where = hasPostgres ? 'PostgreSQL' : 'a SQLite file, as MIQ_TEST_POSTGRES names no server';

test(`from the first link to a verified, then undone migration of the generated shop to ${where}`, async ({ page }) => {
  test.setTimeout(300_000);
  await test.step('first set-up', async () => {
    const { pathname, hash } = new URL(SETUP_LINK());
    await page.goto(pathname + hash);
    await page.getByLabel('Your name').fill(ANNA.name);
    await page.getByLabel('E-mail').fill(ANNA.email);
    await page.getByLabel('New password').fill(ANNA.password);
    await page.getByLabel('The same again').fill(ANNA.password);
    await page.getByRole('button', { name: 'Set the server up' }).click();
    await expect(page.getByRole('heading', { name: `Hello, ${ANNA.name}` })).toBeVisible();
  });

  await test.step('source, with the doctor’s advice', async () => {
    await page.getByRole('link', { name: 'Add a connection' }).click();
    await page.getByLabel('Generated rows').check();
    await page.getByLabel('Shape').selectOption('legacy');
    await page.getByRole('textbox', { name: 'Rows' }).fill(String(ROWS));
    await page.getByRole('textbox', { name: 'Name' }).fill('legacy');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByText(/Works\. Tables: 6\./)).toBeVisible();
  });

  const target = await test.step('target: what does not work is not stored', async () => {
    const made = hasPostgres ? await intoPostgres(page) : await intoFile(page);
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'crm' })).toBeVisible();
    return made;
  });

  await test.step('project with a plan', () =>
    makeProject(page, { name: 'Shop to CRM', source: 'legacy', target: 'crm', plan: 'shop' }));

  await test.step('rehearsal, which writes nothing', async () => {
    await rehearse(page);
    if (target) expect(target.tables()).toBe(0);
  });

  await test.step('run, seen live and proven', async () => {
    await runAndProve(page, TABLES);
    if (!target) return;
    expect(target.tables()).toBe(TABLES);
    const lines = target.rows(LINE);
    expect(lines).toBeGreaterThan(ROWS / 4);
    const shown = page.getByRole('row', { name: new RegExp(LINE) });
    await expect(shown).toContainText(lines.toLocaleString('en-GB'));
  });

  await test.step('undo, after seeing what it will do', async () => {
    await undo(page, 'TBL_CUST');
    if (target) expect(target.tables()).toBe(0);
  });
});
