import { expect, signIn, test } from './app';

const ROWS = 'id,name,born\n1,Anna,1979-04-12\n2,Ben,1984-11-02\n3,Cleo,1991-01-30\n';

test('a file is brought, becomes a connection that works; an archive is refused in words', async ({ page }) => {
  await signIn(page);
  await page.goto('/connections/new');
  const choose = page.getByLabel(/Bring a file/);
  await choose.setInputFiles({ name: 'visitors.csv', mimeType: 'text/csv', buffer: Buffer.from(ROWS) });
  await expect(page.getByText('Uploaded', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/kind=csv/);
  await expect(page.getByLabel('Name')).toHaveValue('visitors');
  await page.getByRole('button', { name: 'Test and save' }).click();
  await expect(page.getByText(/^Works\. Tables: 1\./)).toBeVisible();

  await page.goto('/connections/new?kind=csv');
  const archive = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 7)]);
  await choose.setInputFiles({ name: 'people.zip', mimeType: 'application/zip', buffer: archive });
  await expect(page.getByRole('alert')).toContainText('MIQ-OBJECT-004');
  await page.getByRole('button', { name: 'Choose another file' }).click();
  await expect(choose).toBeAttached();
});
