import { ANNA, expect, SETUP_LINK, test } from './app';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

test('from the first link to a verified, then undone migration', async ({ page }) => {
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
    await page.getByRole('textbox', { name: 'Rows' }).fill('20000');
    await page.getByRole('textbox', { name: 'Name' }).fill('legacy');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByText(/Works\. Tables: 6\./)).toBeVisible();
  });

  await test.step('target: what does not work is not stored', async () => {
    await page.goto('/connections/new?kind=sqlite');
    await page.getByRole('textbox', { name: 'Path' }).fill('../outside.db');
    await page.getByRole('textbox', { name: 'Name' }).fill('crm');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByRole('alert')).toContainText('MIQ-');
    await page.getByRole('textbox', { name: 'Path' }).fill('crm.db');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'crm' })).toBeVisible();
  });

  await test.step('project with a plan', async () => {
    await page.goto('/projects/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop to CRM');
    await page.getByLabel('Source').selectOption('legacy');
    await page.getByLabel('Target').selectOption('crm');
    await page.getByLabel('Name of the plan').fill('shop');
    await page.getByRole('button', { name: 'Make the project' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Shop to CRM' })).toBeVisible();
  });

  await test.step('rehearsal', async () => {
    await page.getByRole('link', { name: 'Rehearse or run shop' }).click();
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
    await page.getByRole('link', { name: 'Report' }).click();
    await expect(page.getByText('Report of the rehearsal')).toBeVisible();
  });

  await test.step('run, seen live and proven', async () => {
    await page.goBack();
    await page.goBack();

    await page.getByRole('radio', { name: /^Run/ }).check();
    await expect(page.getByText('Tables made: 6')).toBeVisible();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
    await expect(page.getByRole('table', { name: 'Tables' }).getByText('Done', { exact: true })).toHaveCount(7);
    await page.getByRole('link', { name: 'Report' }).click();
    await expect(page.getByText('Tables proven equal')).toBeVisible();
    await expect(page.getByText('6 of 6')).toBeVisible();
  });

  await test.step('undo, after seeing what it will do', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('TBL_CUST')).toBeVisible();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('main').getByText('Undone').first()).toBeVisible();
  });
});
