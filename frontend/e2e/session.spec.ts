import { ANNA, expect, signIn, test } from './app';

test('by keyboard alone: sign in, go to runs, open the palette, sign out', async ({ page }) => {
  await page.goto('/connections');
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fconnections/);
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(ANNA.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ANNA.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Connections' })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('crm');
  await expect(page.getByRole('option', { name: /^crm/ })).toBeVisible();
  await page.getByRole('option', { name: /^crm/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/(connections|projects)\//);
  await page.getByRole('button', { name: 'Your account' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

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

test('each language has its own words', async ({ page }) => {
  const words = {
    en: 'Sign in',
    es: 'Iniciar sesión',
    fr: 'Se connecter',
    de: 'Anmelden',
    pt: 'Iniciar sessão',
    zh: '登录',
    ja: 'サインイン',
    ar: 'تسجيل الدخول',
  };
  await page.goto('/sign-in');
  for (const [language, heading] of Object.entries(words)) {
    await page.getByRole('contentinfo').getByRole('combobox').first().selectOption(language);
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  }
});
