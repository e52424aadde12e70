import type { Feature } from '@/lib/feature';

const found = import.meta.glob<Feature>('../features/*/feature.ts', { eager: true, import: 'default' });

/** All feature folders; a new one is found by itself. */
export const features = Object.values(found).sort((a, b) => (a.nav?.order ?? 99) - (b.nav?.order ?? 99));
