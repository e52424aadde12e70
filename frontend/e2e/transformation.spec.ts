import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, Locator, Page } from '@playwright/test';
import { ANNA, expect, SERVER, signIn, test } from './app';

const PLAN = `# People of the old shop.
version: 1
source: {connection: people}
target: {connection: people-new}
mappings:
  - source: person
    target: customers
    columns:
      - {target: id, source: id}
      - {target: email, expr: "lower(mail)"}   # as it was typed
    rest: drop
    rules:
      - {kind: not_null, column: email, severity: reject}
`;

function makeDatabase() {
  const database = new DatabaseSync(path.join(process.env.MIQ_E2E_DATA ?? '', 'people.db'));
  database.exec(`CREATE TABLE person (id INTEGER PRIMARY KEY, mail VARCHAR(60), city VARCHAR(40));
    INSERT INTO person VALUES (1, ' Ada@Example.COM ', 'London'), (2, NULL, 'Arlington'), (3, 'EMMY@example.com', 'Erlangen');`);
  database.close();
}

/** A project with one plan, made without its pages. */
async function makeProject(page: Page) {
  const login = await page.request.post('/api/v1/auth/login', { data: { email: ANNA.email, password: ANNA.password } });
  const { access_token } = (await login.json()) as { access_token: string };
  const post = async (to: string, data: object) => {
    const made = await page.request.post(`/api/v1/${to}`, {
      data,
      headers: { Authorization: `Bearer ${access_token}` },
    });
    expect(made.status(), await made.text()).toBe(201);
    return (await made.json()) as Record<string, string>;
  };
  await post('connections', { name: 'people', url: 'sqlite:folder:people.db' });
  await post('connections', { name: 'people-new', url: 'sqlite:folder:people-new.db' });
  const { project_id = '' } = await post('projects', { name: 'People' });
  const { plan_id = '' } = await post(`projects/${project_id}/plans`, { name: 'people', text: PLAN });
  return `/projects/${project_id}/transformation?plan=${plan_id}`;
}

async function another(browser: Browser) {
  const page = await (await browser.newContext({ baseURL: SERVER(), locale: 'en-GB' })).newPage();
  await signIn(page);
  return page;
}

/** As a person types: what the browser itself puts over a selection has styles, which the page's policy refuses. */
async function write(editor: Locator, text: string) {
  await editor.click();
  await editor.press('ControlOrMeta+a');
  await editor.press('Delete');
  await editor.pressSequentially(text);
}

test('a plan is edited over a real database: preview, errors at their place, versions, two at once', async ({
  page,
  browser,
}) => {
  makeDatabase();
  const address = await makeProject(page);
  await signIn(page);
  await page.goto(`${address}&column=email`);
  const expression = page.getByRole('textbox', { name: 'Expression', exact: true });
  const values = page.getByRole('group', { name: 'What becomes of real values in email' });
  const file = page.getByRole('textbox', { name: 'Plan file' });

  await test.step('real rows, those first that are refused', async () => {
    await expect(values).toContainText('emmy@example.com');
    await page.getByRole('button', { name: 'Preview' }).click();
    const rows = page.getByRole('table', { name: 'What becomes of real rows' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('Rejected');
    await page.getByRole('button', { name: 'Plan file' }).click();
  });

  await test.step('an error stands at its place, and the preview follows what is typed', async () => {
    await write(expression, 'trim(lower(mial))');
    await expect(page.locator('.cm-lintRange-error', { hasText: 'mial' }).first()).toBeVisible();
    await expect(expression).toHaveAttribute('aria-invalid', 'true');
    await write(expression, 'trim(lower(mail))');
    await expect(values.getByText('ada@example.com', { exact: true })).toBeVisible();
    await expect(file).toContainText('expr: "trim(lower(mail))"}   # as it was typed');
  });

  const other = await another(browser);
  await test.step('what is saved is a version', async () => {
    await other.goto(address);
    await other.getByLabel('What happens in the target').selectOption('append');
    await expect(other.getByText('1 changed line, not saved')).toBeVisible();
    await page.getByRole('textbox', { name: /What did you change/ }).fill('E-mail without blanks');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved as version 2').first()).toBeVisible();
  });

  await test.step('the other is told, and both changes stay', async () => {
    await expect(other.getByText(/saved version 2 meanwhile/)).toBeVisible();
    await other.getByRole('button', { name: 'Compare and merge' }).first().click();
    await expect(other.getByText('Changes that only one of you made are in the result already: 2.')).toBeVisible();
    await other.getByRole('button', { name: 'Save the merged plan' }).click();
    await expect(page.getByLabel('What happens in the target')).toHaveValue('append');
    await expect(file).toContainText('trim(lower(mail))');
    await other.context().close();
  });

  await test.step('versions are compared, and one is restored', async () => {
    await page.getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('button', { name: 'Compare from version 1' }).click();
    await expect(page.getByRole('heading', { name: 'From version 1 to 3' })).toBeVisible();
    await expect(page.getByRole('row', { name: /columns ▸ email ▸ expr Changed lower\(mail\) trim/ })).toBeVisible();
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByRole('cell', { name: 'Version 1 restored' })).toBeVisible();
  });
});
