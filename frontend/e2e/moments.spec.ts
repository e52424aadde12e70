import type { Page } from '@playwright/test';
import { addressOf } from './addresses';
import { annas, type Post } from './annas';
import { expect, SERVER, signIn, test } from './app';
import { openDoor } from './door';
import { dress, LOOKS, settled, shoot, type Look } from './looks';
import { text } from './texts';

/** What no address opens: dialogs, editors, what happens meanwhile, and lists that hold nothing yet. */

const runs = ({ language }: Look, key: string) => text(language, 'features/runs', key);
const open = async (page: Page, address: string) => {
  await page.goto(addressOf(address));
  await settled(page);
};

const SLOWLY = (to: string) => `version: 1
source: {connection: legacy}
target: {connection: ${to}}
run: {chunk_rows: 500, throttle: {rows_per_second: 900}}
`;

async function inTheMiddle(page: Page, post: Post, look: Look, to: string) {
  await post('connections', { name: to, url: `sqlite:folder:${to}.db` });
  const { plan_id = '' } = await post(`projects/${addressOf(':project')}/plans`, { name: to, text: SLOWLY(to) });
  const { run_id = '' } = await post('runs', { plan_id, kind: 'run' });
  await page.goto(`/runs/${run_id}`);
  const bar = page.getByRole('progressbar', { name: runs(look, 'tab.progress') });
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 60_000 })
    .toBeGreaterThan(30);
  await shoot(page, `moment-run.${look.look}`, true);
  await page.goto('/');
  await settled(page);
  await shoot(page, `moment-home.${look.look}`);
  await post(`runs/${run_id}/cancel`, {}, 202);
}

async function dialogs(page: Page, look: Look) {
  await open(page, '/runs/:run');
  await page.getByRole('button', { name: runs(look, 'action.undo') }).click();
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
  await shoot(page, `moment-undo.${look.look}`);
  await open(page, '/runs/:run/quarantine');
  await page
    .getByRole('button', { name: runs(look, 'quarantine.edit') })
    .first()
    .click();
  await expect(page.getByRole('complementary').or(page.getByRole('dialog')).getByRole('textbox').first()).toBeVisible();
  await shoot(page, `moment-quarantine-row.${look.look}`);
  await open(page, '/');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
  await shoot(page, `moment-palette.${look.look}`);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await shoot(page, `moment-shortcuts.${look.look}`);
}

async function maskForm(page: Page, look: Look) {
  await open(page, '/projects/:project/transformation?plan=:plan&table=customers&column=street');
  const choice = page.getByLabel(text(look.language, 'features/transformation', 'mask.label'), { exact: true });
  await choice.selectOption('address');
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  await choice.evaluate((element) => {
    element.scrollIntoView({ block: 'center' });
  });
  await shoot(page, `moment-mask.${look.look}`);
}

/** A matching of its own, as decisions of one are seen in all pictures of it. */
async function freshMatching(post: Post, name: string) {
  const [target] = await post.list('connections?search=new-shop');
  const { project_id: project = '' } = await post('projects', { name });
  const { matching_id: matching = '' } = await post(`projects/${project}/matchings`, {
    source_connection_id: addressOf(':connection'),
    target_connection_id: target?.connection_id,
  });
  await expect.poll(async () => (await post.get(`matchings/${matching}`)).state).toBe('succeeded');
  return { project, matching };
}

async function conflict(page: Page, post: Post, look: Look, name: string) {
  const { project, matching } = await freshMatching(post, name);
  await open(page, `/projects/${project}/mapping`);
  await expect(page.getByRole('listbox').getByRole('option', { selected: true })).toBeVisible();
  await page.context().setOffline(true);
  await page.keyboard.press('n');
  const listed = await post.list(`matchings/${matching}/suggestions?limit=200`);
  for (const { number } of listed.slice(0, 12))
    await post(`matchings/${matching}/suggestions/${String(number)}/decision`, { decision: 'accepted' }, 200);
  await page.context().setOffline(false);
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot(page, `moment-conflict.${look.look}`);
}

async function upload(page: Page, look: Look) {
  await open(page, '/connections/new');
  await page.route(/\/api\/v1\/uploads\/.+/, (route) =>
    route.request().method() === 'GET' ? route.continue() : undefined,
  );
  const rows = Buffer.alloc(6 << 20, 'id,name,born\n1,Anna,1979-04-12\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'visitors.csv', mimeType: 'text/csv', buffer: rows });
  await expect(page.getByRole('progressbar')).toBeVisible();
  await shoot(page, `moment-upload.${look.look}`, true);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
}

const LISTS = {
  projects: '/projects',
  connections: '/connections',
  runs: '/runs',
  schedules: '/operations',
  'monitor/tasks': '/operations/tasks',
  'maintenance-windows': '/operations/windows',
  teams: '/administration/teams',
  invitations: '/administration/invitations',
  'api-keys': '/account/keys',
};

async function empty(page: Page, look: Look) {
  for (const [list, address] of Object.entries(LISTS)) {
    await page.route(new RegExp(`/api/v1/${list}(\\?.*)?$`), (route) => route.fulfill({ json: { items: [] } }));
    await open(page, address);
    await shoot(page, `moment-empty-${list.replace('/', '-')}.${look.look}`);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }
}

for (const look of LOOKS) {
  test(`moments, ${look.look}`, async ({ page, own }) => {
    test.setTimeout(300_000);
    await dress(page, look);
    await signIn(page);
    const post = await annas(page);
    await test.step('dialogs', () => dialogs(page, look));
    await test.step('mask', () => maskForm(page, look));
    await test.step('upload', () => upload(page, look));
    await test.step('empty', () => empty(page, look));
    await test.step('run', () => inTheMiddle(page, post, look, own(look.look)));
  });

  test(`a newer app, ${look.look}`, async ({ browser }) => {
    const door = await openDoor(SERVER());
    const context = await browser.newContext({ baseURL: door.url });
    const page = await context.newPage();
    await dress(page, look);
    await signIn(page);
    await open(page, '/projects');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.reload({ waitUntil: 'networkidle' });
    door.standNewer();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(page.getByRole('button', { name: text(look.language, 'app', 'update.load') })).toBeVisible();
    await settled(page);
    await shoot(page, `moment-update.${look.look}`);
    await context.close();
    await door.shut();
  });
}

for (const look of LOOKS)
  test(`a conflict in the mapping, ${look.look}`, async ({ page, own }) => {
    await dress(page, look);
    await signIn(page);
    await conflict(page, await annas(page), look, own(`conflict-${look.look}`));
  });
