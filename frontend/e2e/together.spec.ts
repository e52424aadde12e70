import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, Page } from '@playwright/test';
import { annas } from './annas';
import { ANNA, DATA_FOLDER, expect, SERVER, signIn, test } from './app';

const BEN = { name: 'Ben Ito', email: 'ben@example.com', password: 'seven slow boats on Biwa' };

/** The same under other names. */
const PAIR = {
  'pair-old': 'CUST_NO INTEGER PRIMARY KEY, EMAIL_ADDR TEXT, TOWN TEXT',
  'pair-new': 'id INTEGER PRIMARY KEY, email TEXT, city TEXT',
};

/** So few rows a second that people can watch, and press a button, on a slow machine too. */
const SLOWLY = `version: 1
source: {connection: orders}
target: {connection: slow}
run: {chunk_rows: 250, throttle: {rows_per_second: 250}}
`;

/** Opens the run; then tells which progress the page has shown so far, by itself. */
async function follow(page: Page, run_id: string) {
  await page.goto(`/runs/${run_id}`);
  const bar = page.getByRole('progressbar', { name: 'Progress' });
  await expect(bar).toBeVisible();
  const seen = new Set<string>();
  await page.exposeFunction('saw', (text: string) => seen.add(text));
  await bar.evaluate((element) => {
    const { saw } = globalThis as unknown as { saw: (text: string) => void };
    new MutationObserver(() => {
      saw(element.getAttribute('aria-valuetext') ?? '');
    }).observe(element, { attributes: true, attributeFilter: ['aria-valuetext'] });
  });
  return () => seen;
}

async function newPerson(browser: Browser, link: string) {
  const page = await (await browser.newContext({ baseURL: SERVER(), locale: 'en-GB' })).newPage();
  await page.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await page.getByLabel('Your name').fill(BEN.name);
  await page.getByLabel('New password').fill(BEN.password);
  await page.getByLabel('The same again').fill(BEN.password);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByLabel('E-mail').fill(BEN.email);
  await page.getByLabel('Password').fill(BEN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: `Hello, ${BEN.name}` })).toBeVisible();
  return page;
}

test('two people at once: edits, a conflict, and a run that the other approves', async ({ page: anna, browser }) => {
  test.setTimeout(300_000);
  const post = await annas(anna);
  const { link = '' } = await post('invitations', { email: BEN.email, roles: ['admin'] });
  await post('connections', { name: 'orders', url: 'fake:orders?rows=5000' });
  await post('connections', { name: 'live', url: 'sqlite:folder:live.db', production: true });
  const { project_id = '' } = await post('projects', {
    name: 'Cutover',
    template_id: 'whole-database',
    source_connection: 'orders',
    target_connection: 'live',
    plan_name: 'cutover',
  });
  const ben = await newPerson(browser, link);
  await signIn(anna);

  await test.step('each sees that the other is here', async () => {
    await anna.goto(`/projects/${project_id}`);
    await ben.goto(`/projects/${project_id}`);
    await expect(anna.getByText(`Also here: ${BEN.name}`)).toBeVisible();
    await expect(ben.getByText(`Also here: ${ANNA.name}`)).toBeVisible();
  });

  await test.step('what one says is seen by the other, and answered, without a reload', async () => {
    await anna.getByRole('button', { name: 'Comments' }).click();
    await ben.getByRole('button', { name: 'Comments' }).click();
    await anna.getByLabel('Your comment').fill('Tonight at ten?');
    await anna.getByLabel('Your comment').press('Control+Enter');
    await expect(ben.getByText('Tonight at ten?')).toBeVisible();
    await ben.getByRole('button', { name: 'Answer' }).click();
    await ben.getByLabel('Answer', { exact: true }).fill('Eleven is better.');
    await ben.getByLabel('Answer', { exact: true }).press('Control+Enter');
    await expect(anna.getByRole('list', { name: 'Answers' }).getByText('Eleven is better.')).toBeVisible();
    for (const page of [anna, ben])
      await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  });

  await test.step('each sees what the other edits', async () => {
    await anna.getByRole('button', { name: 'Edit' }).click();
    await expect(ben.getByText(`${ANNA.name} edits Cutover`)).toBeVisible();
    await anna.getByRole('button', { name: 'Cancel' }).click();
    await expect(ben.getByText(`${ANNA.name} edits Cutover`)).toBeHidden();
  });

  await test.step('an edit is seen by the other; the slower one is told, and loses nothing', async () => {
    await ben.getByRole('button', { name: 'Edit' }).click();
    await ben.getByRole('textbox', { name: 'Description' }).fill('At night, please.');
    await anna.getByRole('button', { name: 'Edit' }).click();
    await anna.getByRole('textbox', { name: 'Name' }).fill('Cutover 2026');
    await anna.getByRole('button', { name: 'Save' }).click();
    await expect(ben.getByRole('heading', { level: 1, name: 'Cutover 2026', includeHidden: true })).toBeVisible();
    await ben.getByRole('button', { name: 'Save' }).click();
    await expect(ben.getByRole('alert')).toContainText('Somebody else changed this meanwhile');
    await expect(ben.getByRole('textbox', { name: 'Description' })).toHaveValue('At night, please.');
    await ben.getByRole('button', { name: 'Load the present version' }).click();
    await expect(ben.getByRole('textbox', { name: 'Name' })).toHaveValue('Cutover 2026');
    await ben.getByRole('textbox', { name: 'Description' }).fill('At night, please.');
    await ben.getByRole('button', { name: 'Save' }).click();
    await expect(anna.getByText('At night, please.')).toBeVisible();
  });

  await test.step('what one decides in the mapping stands with the other at once', async () => {
    const ids = [];
    for (const [name, columns] of Object.entries(PAIR)) {
      const database = new DatabaseSync(path.join(DATA_FOLDER(), `${name}.db`));
      database.exec(`CREATE TABLE customer (${columns}); INSERT INTO customer VALUES (1, 'anna@example.com', 'Ulm')`);
      database.close();
      ids.push((await post('connections', { name, url: `sqlite:folder:${name}.db` })).connection_id);
    }
    const [source_connection_id, target_connection_id] = ids;
    await post(`projects/${project_id}/matchings`, { source_connection_id, target_connection_id });
    for (const page of [anna, ben]) await page.goto(`/projects/${project_id}/mapping`);
    for (const page of [anna, ben]) await expect(page.getByText('Decided: 0 of 3')).toBeVisible();
    await ben.keyboard.press('Enter');
    await expect(anna.getByText('Decided: 1 of 3')).toBeVisible();
    await anna.keyboard.press('ArrowDown');
    await anna.keyboard.press('n');
    await expect(ben.getByText('Decided: 2 of 3')).toBeVisible();
    for (const page of [anna, ben]) await page.goto(`/projects/${project_id}`);
  });

  await test.step('who asks for a run into production waits for the other', async () => {
    await anna.getByRole('link', { name: 'Rehearse or run cutover' }).click();
    await anna.getByRole('radio', { name: /^Run/ }).check();
    await expect(anna.getByText(/a second person must approve/)).toBeVisible();
    await anna.getByRole('textbox', { name: 'Type live to go on' }).fill('live');
    await anna.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(anna.getByText('Queued · waits for approval')).toBeVisible();
  });

  await test.step('the other is told, approves, and both see it through', async () => {
    await ben.getByRole('button', { name: /Notifications, unread: [1-9]/ }).click();
    await ben.getByRole('dialog').getByRole('link').first().click();
    await ben.getByRole('button', { name: 'Approve' }).click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    for (const page of [anna, ben]) await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  });
  await test.step('both follow a run as it goes on; one pauses it, the other lets it go on', async () => {
    await post('connections', { name: 'slow', url: 'sqlite:folder:slow.db' });
    const { plan_id = '' } = await post(`projects/${project_id}/plans`, { name: 'slowly', text: SLOWLY });
    const { run_id = '' } = await post('runs', { plan_id, kind: 'run' });
    const both = [await follow(anna, run_id), await follow(ben, run_id)];
    for (const seen of both) await expect.poll(() => seen().size).toBeGreaterThan(2);
    await ben.getByRole('button', { name: 'Pause' }).click();
    await ben.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await expect(anna.getByRole('main').getByText('Paused').first()).toBeVisible();
    await anna.getByRole('button', { name: 'Resume' }).click();
    await anna.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    for (const page of [anna, ben]) {
      await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
      await expect(page.getByRole('progressbar', { name: 'Progress' })).toHaveAttribute('aria-valuenow', '100');
    }
  });
  await ben.context().close();
});
