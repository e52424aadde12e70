import type { Locator, Page } from '@playwright/test';
import { annas } from './annas';
import { ANNA, expect, test } from './app';

const FAR = 80;

/** By Tab alone, to where it can be seen that the keys now go. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let times = 0; times < FAR && !(await focused()); times += 1) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
  expect(await target.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
}
async function open(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
async function choose(page: Page, label: string, value: string) {
  const field = page.getByLabel(label);
  await tabTo(page, field);
  await page.keyboard.type(value);
  await expect(field).toHaveValue(value);
}

test('by keyboard alone: sign in, make a project, migrate, look at the proof, undo, sign out', async ({ page }) => {
  const post = await annas(page);
  await post('connections', { name: 'keys-shop', url: 'fake:orders?rows=300' });
  await post('connections', { name: 'keys-new', url: 'sqlite:folder:keys.db' });

  await test.step('sign in, and arrive where one wanted to', async () => {
    await page.goto('/connections');
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fconnections/);
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await page.keyboard.type(ANNA.email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ANNA.password);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  });

  await test.step('two letters go to a page, and ? tells them', async () => {
    // On a slow machine the page is seen before it listens.
    await expect(async () => {
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible({ timeout: 5000 });
    }).toPass();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('the palette finds what there is', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('keys-new');
    await expect(page.getByRole('option', { name: /^keys-new/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'keys-new' })).toBeVisible();
  });

  await test.step('a project with a plan', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('New project');
    await expect(page.getByRole('option', { name: /^New project/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await page.keyboard.type('By keyboard');
    await choose(page, 'Source', 'keys-shop');
    await choose(page, 'Target', 'keys-new');
    await tabTo(page, page.getByLabel('Name of the plan'));
    await page.keyboard.type('keys');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible();
  });

  await test.step('a run', async () => {
    await open(page, page.getByRole('link', { name: 'Rehearse or run keys' }));
    await tabTo(page, page.getByRole('radio', { name: /^Rehears/ }));
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('radio', { name: /^Run/ })).toBeChecked();
    await expect(page.getByText('Tables made: 2')).toBeVisible();
    await open(page, page.getByRole('button', { name: 'Run', exact: true }));
    await expect(page.getByRole('main').getByText('Succeeded').first()).toBeVisible();
  });

  await test.step('its proof', async () => {
    await open(page, page.getByRole('link', { name: 'Report' }));
    await expect(page.getByText('2 of 2')).toBeVisible();
  });

  await test.step('undone', async () => {
    await open(page, page.getByRole('button', { name: 'Undo' }));
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('orders', { exact: true })).toBeVisible();
    await open(page, dialog.getByRole('button', { name: 'Undo' }));
    await expect(page.getByRole('main').getByText('Undone').first()).toBeVisible();
  });

  await test.step('signed out', async () => {
    await open(page, page.getByRole('button', { name: /^Your account/ }));
    const out = page.getByRole('menuitem', { name: 'Sign out' });
    await expect(out).toBeVisible();
    await page.keyboard.press('End');
    await expect(out).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});
