import type { Page } from '@playwright/test';
import { annas } from './annas';
import { expect, signIn, test } from './app';
import { allKeys, LANGUAGES, text } from './texts';

const STEPS = ['analysis', 'mapping', 'transformation', 'validation', 'migration'];
const keys = allKeys();

/** Nothing on the page is the name of a text, or has a place that was not filled in. */
async function expectWords(page: Page) {
  const shown = (await page.locator('body').innerText()).split(/\s+/);
  expect(shown.filter((word) => keys.includes(word) || word.includes('{{'))).toEqual([]);
}

async function expectLanguage(page: Page, language: string) {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveAttribute('dir', language === 'ar' ? 'rtl' : 'ltr');
}

async function choose(page: Page, language: string) {
  await page.goto('/account');
  const field = page.getByRole('main').locator('select:has(option[value="ar"])');
  await field.selectOption(language);
  await expectLanguage(page, language);
}

async function go(page: Page, language: string, feature: string) {
  const name = text(language, `features/${feature}`, 'nav');
  await page
    .getByRole('navigation', { name: text(language, 'app', 'frame.navigation') })
    .getByRole('link', { name })
    .click();
  return name;
}

test('before one signs in, each language has its own words', async ({ page }) => {
  await page.goto('/sign-in');
  for (const language of LANGUAGES) {
    await page.getByRole('contentinfo').getByRole('combobox').first().selectOption(language);
    const heading = text(language, 'features/sign-in', 'title');
    await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
    await expectLanguage(page, language);
    await expectWords(page);
  }
  const titles = LANGUAGES.map((language) => text(language, 'features/sign-in', 'title'));
  expect(new Set(titles).size).toBe(LANGUAGES.length);
});

for (const half of [LANGUAGES.slice(0, 4), LANGUAGES.slice(4)]) {
  test(`the way through a project, and its run in numbers of the place: ${half.join(', ')}`, async ({ page }) => {
    const post = await annas(page);
    const project = (await post.list('projects?search=Shop')).find(({ name }) => name === 'Shop to CRM');
    const run = (await post.list('runs?kind=run')).find(({ project_id }) => project_id === project?.project_id);
    const report = await post.get(`runs/${run?.run_id ?? ''}/report`);
    const [table] = (report as unknown as { tables: { target: string; rows_written: number }[] }).tables;
    await signIn(page);
    for (const language of half) {
      await test.step(language, async () => {
        await choose(page, language);
        await go(page, language, 'home');
        const hello = text(language, 'features/home', 'hello').replace(/\{\{.*/, '');
        await expect(page.getByRole('heading', { level: 1 })).toContainText(hello.trim());
        await expectWords(page);
        const projects = await go(page, language, 'projects');
        await expect(page.getByRole('heading', { level: 1, name: projects, exact: true })).toBeVisible();
        await page.getByRole('link', { name: 'Shop to CRM' }).first().click();
        for (const step of STEPS) {
          const tab = page
            .getByRole('navigation', { name: text(language, 'components/workspace', 'steps') })
            .getByRole('link', { name: new RegExp(text(language, 'components/workspace', `step.${step}`)) });
          await tab.click();
          await expect(tab).toHaveAttribute('aria-current', 'page');
          await expect(page.locator('.MuiSkeleton-root')).toHaveCount(0);
          await expectWords(page);
        }
        // The language outlives the page; numbers stand as people write them there.
        await page.goto(`/runs/${run?.run_id ?? ''}/report`);
        await expectLanguage(page, language);
        const rows = await page.evaluate(([place, amount]) => new Intl.NumberFormat(place).format(amount), [
          language,
          table?.rows_written ?? 0,
        ] as const);
        await expect(page.getByRole('row', { name: new RegExp(table?.target ?? '') }).first()).toContainText(rows);
        await expectWords(page);
      });
    }
  });
}
