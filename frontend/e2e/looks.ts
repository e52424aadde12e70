import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './app';

/** Where the pictures go; without it none is taken. */
export const FOLDER = process.env.MIQ_PICTURES ?? '';
const WIDE = { width: 1360, height: 850 };
const PHONE = { width: 390, height: 844 };

/** The ways in which each page is looked at. */
export const LOOKS = [
  { look: 'light', size: WIDE, language: 'en', colorScheme: 'light' },
  { look: 'dark', size: WIDE, language: 'en', colorScheme: 'dark' },
  { look: 'phone', size: PHONE, language: 'en', colorScheme: 'light' },
  { look: 'arabic', size: WIDE, language: 'ar', colorScheme: 'light' },
] as const;
export type Look = (typeof LOOKS)[number];

export async function dress(page: Page, { size, language, colorScheme }: Look) {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize(size);
  await page.addInitScript((chosen) => {
    localStorage.setItem('miq.language', chosen);
  }, language);
}

/** Until nothing is loading any more. */
export async function settled(page: Page) {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.MuiSkeleton-root')).toHaveCount(0, { timeout: 30_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
}

export async function shoot(page: Page, name: string, fullPage = false) {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), fullPage, animations: 'disabled' });
}
