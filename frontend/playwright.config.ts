import { defineConfig } from '@playwright/test';

/** Walks the real app over the real server, with Debian's chromium. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/server.ts',
  // They end what hangs; a busy machine is no fault.
  timeout: 180_000,
  expect: { timeout: 45_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: process.env.MIQ_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
  },
  // The walk sets the server up; the stock is what pages are looked at with.
  projects: [
    { name: 'walk', testMatch: 'walk.spec.ts' },
    { name: 'stock', testMatch: 'stock.spec.ts', dependencies: ['walk'] },
    { name: 'pages', testMatch: 'pages.spec.ts', dependencies: ['stock'] },
    { name: 'rest', testIgnore: /\/(walk|stock|pages|pictures|moments)\.spec\.ts$/, dependencies: ['walk'] },
    ...(process.env.MIQ_PICTURES
      ? [{ name: 'pictures', testMatch: /\/(pictures|moments)\.spec\.ts$/, dependencies: ['stock'] }]
      : []),
  ],
});
