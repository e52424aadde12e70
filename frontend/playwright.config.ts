import { defineConfig } from '@playwright/test';

/** Walks the real app over the real server, with Debian's chromium. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/server.ts',
  timeout: 60_000,
  expect: { timeout: 15_000 },
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
  // The walk makes what the others look at.
  projects: [
    { name: 'walk', testMatch: 'walk.spec.ts' },
    { name: 'pages', testMatch: /(?<!walk)\.spec\.ts$/, dependencies: ['walk'] },
  ],
});
