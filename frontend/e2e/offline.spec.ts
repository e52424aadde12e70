import { ANNA, expect, SERVER, signIn, test } from './app';
import { openDoor } from './door';

const keptHere = () => caches.keys().then((names) => names.filter((name) => name.startsWith('miq-kept-')).length);

test('what was seen stays readable without the server; a newer app waits to be asked for; signing out takes it all away', async ({
  browser,
}) => {
  const door = await openDoor(SERVER());
  const context = await browser.newContext({ baseURL: door.url });
  const page = await context.newPage();
  await signIn(page);
  const login = await page.request.post('/api/v1/auth/login', {
    data: { email: ANNA.email, password: ANNA.password },
  });
  const { access_token } = (await login.json()) as { access_token: string };
  const projects = await page.request.get('/api/v1/projects', { headers: { Authorization: `Bearer ${access_token}` } });
  const [project] = ((await projects.json()) as { items: { project_id: string; name: string }[] }).items;
  const heading = page.getByRole('heading', { level: 1, name: String(project?.name) });

  await page.goto(`/projects/${String(project?.project_id)}`);
  await expect(heading).toBeVisible();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(heading).toBeVisible();

  await door.shut();
  await page.reload();
  await expect(heading).toBeVisible();
  await expect(page.getByText('The server cannot be reached.')).toBeVisible();
  await page.goto('/projects');
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();

  await door.open();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByText('The server cannot be reached.')).toHaveCount(0);
  await page.goto(`/projects/${String(project?.project_id)}`);

  door.standNewer();
  await page.evaluate(() => Object.assign(globalThis, { untouched: true }));
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(page.getByText('A new version is here.')).toBeVisible();
  expect(await page.evaluate(() => 'untouched' in globalThis)).toBe(true);
  await page.getByRole('button', { name: 'Load the new version' }).click();
  await expect(page.getByText('A new version is here.')).toHaveCount(0);
  await expect(heading).toBeVisible();
  expect(await page.evaluate(() => 'untouched' in globalThis)).toBe(false);

  expect(await page.evaluate(keptHere)).toBe(1);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect.poll(() => page.evaluate(keptHere)).toBe(0);
  await context.close();
  await door.shut();
});
