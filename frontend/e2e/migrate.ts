import { expect, type Page } from '@playwright/test';

interface Project {
  name: string;
  source: string;
  target: string;
  plan: string;
}

/** A project with a plan of all tables, by the form. */
export async function makeProject(page: Page, { name, source, target, plan }: Project) {
  await page.goto('/projects/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByLabel('Source').selectOption(source);
  await page.getByLabel('Target').selectOption(target);
  await page.getByLabel('Name of the plan').fill(plan);
  await page.getByRole('button', { name: 'Make the project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.getByRole('link', { name: `Rehearse or run ${plan}` }).click();
}

/** From the page that starts runs, and back to it. */
export async function rehearse(page: Page) {
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByText('Report of the rehearsal')).toBeVisible();
  await page.goBack();
  await page.goBack();
}

/** Of so many tables, each proven equal. */
export async function runAndProve(page: Page, tables: number) {
  await page.getByRole('radio', { name: /^Run/ }).check();
  await expect(page.getByText(`Tables made: ${String(tables)}`)).toBeVisible();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible({ timeout: 60_000 });
  // One for each table; the column is called so too.
  await expect(page.getByRole('table', { name: 'Tables' }).getByText('Done', { exact: true })).toHaveCount(tables + 1);
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByText('Tables proven equal')).toBeVisible();
  await expect(page.getByText(`${String(tables)} of ${String(tables)}`)).toBeVisible();
  await page.getByRole('link', { name: 'Certificate' }).click();
  await expect(page.getByRole('heading', { name: 'Certificate of migration' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'What was compared, with its digest' }).getByRole('row')).toHaveCount(
    tables + 1,
  );
}

/** After seeing that it takes the table away. */
export async function undo(page: Page, table: string) {
  await page.getByRole('button', { name: 'Undo' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem').filter({ hasText: new RegExp(`\\b${table}$`) })).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('main').getByText('Undone').first()).toBeVisible();
}
