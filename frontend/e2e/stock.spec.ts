import { annas } from './annas';
import { test } from './app';
import { stockUp } from './stock';

const ROWS = 2000;

test('a shop is migrated, analysed, matched and checked, for the pages to show', async ({ page }) => {
  test.setTimeout(300_000);
  await stockUp(await annas(page), Number(process.env.MIQ_E2E_ROWS ?? ROWS));
});
