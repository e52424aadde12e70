import type { Page } from '@playwright/test';
import { expectNoViolation, overflow } from './accessible';
import { ANNA, expect, signIn, test } from './app';

const OPEN = ['/sign-in', '/forgot-password', '/reset-password', '/setup'];
const SIGNED = [
  '/',
  '/projects',
  '/projects/new',
  '/projects/import',
  '/projects/:project',
  '/projects/:project/validation',
  '/projects/:project/validation/new',
  '/projects/:project?comments=all',
  '/projects/:project/migration',
  '/projects/:project/migration?start=verify',
  '/projects/:project/migration/compare?a=:run&b=:run',
  '/connections',
  '/connections/new?kind=postgresql',
  '/connections/:connection',
  '/runs',
  '/runs/:run',
  '/runs/:run/report',
  '/runs/:run/certificate',
  '/runs/:run/quarantine',
  '/runs/:run/log',
  '/runs/new?plan=:plan&kind=run',
  '/operations',
  '/operations/alerts',
  '/operations/models',
  '/operations/lineage',
  '/operations/windows',
  '/operations/workers',
  '/operations/tasks',
  '/schedules/new?plan=:plan',
  '/administration',
  '/administration/invitations',
  '/administration/roles',
  '/administration/audit',
  '/administration/teams',
  '/administration/channels',
  '/administration/flags',
  '/administration/settings',
  '/administration/tenants',
  '/account',
  '/account/security',
  '/account/keys',
  '/account/notifications',
  '/nowhere',
];

interface Listed {
  items: Record<string, string>[];
}

/** The address with the ids of what the walk made. */
async function resolve(page: Page, path: string) {
  const answer = await page.request.post('/api/v1/auth/login', {
    data: { email: ANNA.email, password: ANNA.password },
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const list = async (name: string) => {
    const found = await page.request.get(`/api/v1/${name}`, { headers: { Authorization: `Bearer ${access_token}` } });
    return ((await found.json()) as Listed).items[0] ?? {};
  };
  const project = path.includes(':project') || path.includes(':plan') ? await list('projects') : {};
  const plan = path.includes(':plan') ? await list(`projects/${String(project.project_id)}/plans`) : {};
  const run = path.includes(':run') ? await list('runs?kind=run') : {};
  const connection = path.includes(':connection') ? await list('connections') : {};
  return path
    .replace(':project', project.project_id ?? '')
    .replace(':plan', plan.plan_id ?? '')
    .replaceAll(':run', run.run_id ?? '')
    .replace(':connection', connection.connection_id ?? '');
}

async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.MuiSkeleton-root')).toHaveCount(0);
}

for (const path of [...OPEN, ...SIGNED]) {
  test(`${path} is accessible in both themes, fits a phone, and stands in Arabic`, async ({ page }) => {
    let address = path;
    if (!OPEN.includes(path)) {
      address = await resolve(page, path);
      await signIn(page);
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(address);
    await settled(page);
    await expectNoViolation(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expectNoViolation(page);
    await page.setViewportSize({ width: 360, height: 720 });
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.evaluate(() => {
      localStorage.setItem('miq.language', 'ar');
    });
    await page.reload();
    await settled(page);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await expectNoViolation(page);
  });
}
