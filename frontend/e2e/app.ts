import { expect, test as base, type Page } from '@playwright/test';
import path from 'node:path';

export const ANNA = { name: 'Anna Keller', email: 'anna@example.com', password: 'four grey herons over Ulm' };
export const SERVER = () => process.env.MIQ_E2E_URL ?? '';
export const SETUP_LINK = () => process.env.MIQ_E2E_SETUP ?? '';
/** The server's folder for local files. */
export const DATA_FOLDER = () => process.env.MIQ_E2E_DATA ?? '';

/** Signs in without the page: the cookie of the session is all that it needs. */
export async function signIn(page: Page) {
  const answer = await page.request.post('/api/v1/auth/login', {
    headers: { 'X-Client': 'web' },
    data: { email: ANNA.email, password: ANNA.password },
  });
  expect(answer.status()).toBe(200);
}

/** Fills up with errors of the page and breaches of its Content-Security-Policy. */
export function watchFaults(page: Page) {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return faults;
}

/**
 * Names of what a test makes on the server that all tests share: with its file's name, and its number when it is
 * repeated, so that no other test makes the same. Connections, files, projects, people: each is to be named by it.
 */
type Own = (name: string) => string;

/** Every test fails on an error of the page or a breach of its Content-Security-Policy. */
export const test = base.extend<{ faults: string[]; own: Own }>({
  baseURL: async ({}, give) => {
    await give(SERVER());
  },
  own: async ({}, give, { file, repeatEachIndex, retry }) => {
    const again = repeatEachIndex * 10 + retry;
    const suffix = path.basename(file, '.spec.ts') + (again === 0 ? '' : `-${String(again)}`);
    await give((name) => `${name}-${suffix}`);
  },
  faults: [
    async ({ page }, give) => {
      const faults = watchFaults(page);
      await give(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };
