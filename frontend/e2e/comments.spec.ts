import type { Browser, Page } from '@playwright/test';
import { annas } from './annas';
import { expect, SERVER, signIn, test } from './app';

const PASSWORD = 'nine red kites over Rome';

/** Somebody invited, in a browser of their own. */
async function invited(browser: Browser, link: string, email: string, name: string) {
  const page = await (await browser.newContext({ baseURL: SERVER(), locale: 'en-GB' })).newPage();
  await page.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: `Hello, ${name}` })).toBeVisible();
  return page;
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Comments' });

test('who was granted a role in one project works in it, is called by name there, and resolves the thread', async ({
  page: anna,
  browser,
  own,
}) => {
  test.setTimeout(300_000);
  const post = await annas(anna);
  const name = own('Clara');
  const email = `${name.toLowerCase()}@example.com`;
  const { link = '' } = await post('invitations', { email, roles: [] });
  const clara = await invited(browser, link, email, name);
  const user = (await post.list('users?limit=200')).find((one) => one.email === email);
  const { project_id = '' } = await post('projects', { name: own('hers') });
  const other = await post('projects', { name: own('not-hers') });
  await post(`projects/${project_id}/members`, { subject_id: user?.user_id ?? '', role: 'engineer' });

  await clara.goto(`/projects/${other.project_id ?? ''}`);
  await expect(clara.getByText('projects.read')).toBeVisible();
  await clara.goto(`/projects/${project_id}`);
  await expect(clara.getByRole('button', { name: 'Edit' })).toBeVisible();

  await signIn(anna);
  await anna.goto(`/projects/${project_id}?comments=all`);
  const text = anna.getByLabel('Your comment');
  await text.pressSequentially('Is this right, @cla');
  await expect(anna.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true');
  await text.press('Enter');
  await expect(text).toHaveValue(`Is this right, @${name} `);
  await text.press('Control+Enter');
  await expect(panelOf(anna).locator('strong', { hasText: `@${name}` })).toBeVisible();
  await expect(anna.getByRole('button', { name: 'Open comments: 1' })).toBeVisible();

  const told = async () => {
    const answer = await clara.request.post('/api/v1/auth/login', { data: { email, password: PASSWORD } });
    const { access_token } = (await answer.json()) as { access_token: string };
    const headers = { Authorization: `Bearer ${access_token}` };
    const { items } = (await (await clara.request.get('/api/v1/notifications', { headers })).json()) as {
      items: { event: string; link: string }[];
    };
    return items.map(({ event, link: to }) => [event, to]);
  };
  await expect.poll(told).toEqual([['comment.mention', `/projects/${project_id}?comments=all`]]);
  await clara.goto(`/projects/${project_id}?comments=all`);
  await panelOf(clara).getByRole('button', { name: 'Resolve' }).click();
  await expect(panelOf(anna).getByText('Everything here is resolved.')).toBeVisible();
  await expect(anna.getByRole('button', { name: 'Comments', exact: true })).toBeVisible();
});
