import { test as base, type Page } from '@playwright/test';
import { expectNoViolation, overflow } from './accessible';
import { addressOf, OPEN, SIGNED } from './addresses';
import { expect, SERVER, signIn, watchFaults } from './app';
import { text } from './texts';

const NOWHERE = '/nowhere';
const NOTHING = text('ar', 'components', 'notFound.title');

/** One browser context for all pages that a worker looks at: it signs in once. */
const test = base.extend<object, { open: Page; signed: Page }>({
  open: [
    async ({ browser }, give) => {
      const context = await browser.newContext({ baseURL: SERVER(), locale: 'en-GB', timezoneId: 'UTC' });
      await give(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
  signed: [
    async ({ browser }, give) => {
      const context = await browser.newContext({ baseURL: SERVER(), locale: 'en-GB', timezoneId: 'UTC' });
      const page = await context.newPage();
      await signIn(page);
      await give(page);
      await context.close();
    },
    { scope: 'worker' },
  ],
});

async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.MuiSkeleton-root, [aria-busy=true]')).toHaveCount(0, { timeout: 30_000 });
}
const speak = (page: Page, language: string) =>
  page.evaluate((chosen) => {
    localStorage.setItem('miq.language', chosen);
  }, language);

async function look(page: Page, address: string) {
  const faults = watchFaults(page);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(address);
  await settled(page);
  await expectNoViolation(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expectNoViolation(page);
  await page.setViewportSize({ width: 360, height: 720 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await speak(page, 'ar');
  await page.reload();
  await settled(page);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await expectNoViolation(page);
  await speak(page, 'en');
  expect(faults).toEqual([]);
}

for (const path of OPEN) {
  test(`${path} is accessible in both themes, fits a phone, and stands in Arabic`, async ({ open }) => {
    await look(open, path);
  });
}
for (const path of SIGNED) {
  test(`${path} is accessible in both themes, fits a phone, and stands in Arabic`, async ({ signed }) => {
    await look(signed, addressOf(path));
    // What the stock made is there: neither the page nor what it shows is missing.
    await expect(signed.getByText('MIQ-API-')).toHaveCount(0);
    await expect(signed.getByRole('heading', { level: 1, name: NOTHING })).toHaveCount(path === NOWHERE ? 1 : 0);
  });
}
