import { expect, signIn, test } from './app';

test('a reload keeps the session; no token lies in the browser’s storage', async ({ page }) => {
  await signIn(page);
  await page.goto('/runs');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  const stored = await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }));
  expect(stored.filter((key) => !/^miq\.(rail|language|theme)/.test(key))).toEqual([]);
  const cookies = await page.context().cookies();
  expect(cookies.every(({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict')).toBe(true);
});

test('signing out in one tab signs out the other', async ({ context }) => {
  const first = await context.newPage();
  await signIn(first);
  await first.goto('/');
  const second = await context.newPage();
  await second.goto('/runs');
  await expect(second.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await first.getByRole('button', { name: 'Your account' }).click();
  await first.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(second.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
