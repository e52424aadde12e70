import { matchRoutes } from 'react-router';
import type { Feature } from '@/lib/feature';
import { preferredLanguage } from '@/lib/i18n/languages';

const found = import.meta.glob<Feature>('../features/*/feature.ts', { eager: true, import: 'default' });

/** All feature folders; a new one is found by itself. */
export const features = Object.values(found).sort((a, b) => (a.nav?.order ?? 99) - (b.nav?.order ?? 99));

const loadAll = (routes: Feature['routes'], pathname: string) => {
  for (const { route } of matchRoutes(routes ?? [], pathname) ?? []) void (route.handle as () => Promise<unknown>)();
};

/** Begins to load the page of an address before React runs; the namespaces of its texts when it is for everybody. */
export function warm(pathname: string): string[] {
  const open = features.filter(({ openRoutes = [] }) => matchRoutes(openRoutes, pathname));
  for (const { openRoutes } of open) loadAll(openRoutes, pathname);
  if (open.length === 0) {
    for (const { routes } of features) loadAll(routes, pathname);
    void import('@/lib/format/format').then(({ warmFormat }) => {
      warmFormat(preferredLanguage());
    });
  }
  return open.map(({ name }) => name);
}
