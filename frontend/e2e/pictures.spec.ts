import path from 'node:path';
import { addressOf, OPEN, SIGNED } from './addresses';
import { annas } from './annas';
import { expect, signIn, test } from './app';
import { dress, FOLDER, LOOKS, settled, shoot } from './looks';
import type { Page } from '@playwright/test';

const nameOf = (address: string) =>
  address
    .replaceAll(/[/?=&]+/g, '-')
    .replaceAll(':', '')
    .replace(/^-$/, '-home');

async function take(page: Page, address: string, file: string) {
  await page.goto(address);
  await settled(page);
  await shoot(page, file, true);
}

for (const each of LOOKS) {
  const { look } = each;
  test(`every page, ${look}`, async ({ page }) => {
    test.setTimeout(900_000);
    await dress(page, each);
    for (const address of OPEN) await take(page, address, `${nameOf(address)}.${look}`);
    await signIn(page);
    for (const address of SIGNED) await take(page, addressOf(address), `${nameOf(address)}.${look}`);
  });
}

test('what is printed', async ({ page }) => {
  await signIn(page);
  for (const address of ['/projects/:project/analysis', '/runs/:run/certificate', '/runs/:run/report']) {
    await page.goto(addressOf(address));
    await settled(page);
    await page.pdf({ path: path.join(FOLDER, `${nameOf(address)}.pdf`), format: 'A4', printBackground: true });
  }
});

/** So many rows a second that the picture is taken in the middle of it. */
const LIVE = `version: 1
source: {connection: lines}
target: {connection: warehouse}
run: {throttle: {rows_per_second: 60000}}
`;

test('those of the README', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await signIn(page);
  await page.goto(addressOf('/projects/:project/mapping'));
  await settled(page);
  for (let each = 0; each < 7; each += 1) await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(1000);
  await shoot(page, 'web-mapping');

  await page.goto(addressOf('/runs/:run/certificate'));
  await settled(page);
  await shoot(page, 'web-certificate');

  const post = await annas(page);
  await post('connections', { name: 'lines', url: 'fake:legacy?rows=600000' });
  await post('connections', { name: 'warehouse', url: 'sqlite:folder:warehouse-live.db' });
  const { plan_id = '' } = await post(`projects/${addressOf(':project')}/plans`, { name: 'Night move', text: LIVE });
  const { run_id = '' } = await post('runs', { plan_id, kind: 'run' });
  await page.goto(`/runs/${run_id}`);
  const bar = page.getByRole('progressbar', { name: 'Progress' });
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 90_000 })
    .toBeGreaterThan(55);
  await shoot(page, 'web-run');
  await post(`runs/${run_id}/cancel`, {}, 202);
});
