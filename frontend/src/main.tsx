import { startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { warm } from '@/app/features';
import { loadTexts } from '@/app/texts';
import { refresh } from '@/lib/api/session';
import { startI18n } from '@/lib/i18n/i18n';

// Who it is, and everything that the first page needs, is asked for at once; the letters themselves may come later.
void refresh();
// The splash is seen before the page is built; a page in the background has no frames.
await new Promise((seen) => {
  requestAnimationFrame(() => setTimeout(seen));
  setTimeout(seen, 100);
});
const [texts, { App }] = await Promise.all([
  startI18n(loadTexts, { namespaces: warm(location.pathname) }),
  import('@/app/app'),
]);
const root = document.getElementById('root');
// In small steps, between which the browser answers; the first picture stays until the page stands.
if (root)
  startTransition(() => {
    createRoot(root).render(<App />);
  });
/** What can wait: without the network it is tried again when it is back. */
function later(load: () => Promise<unknown>) {
  load().catch(() => {
    addEventListener(
      'online',
      () => {
        later(load);
      },
      { once: true },
    );
  });
}
later(() => import('@/app/fonts'));

// What keeps the app itself is set up when the page stands and nothing else is to be done.
async function keepTheApp() {
  const { startWorker } = await import('@/app/offline/update');
  await startWorker(texts);
}
const idle = (globalThis as { requestIdleCallback?: (then: () => void) => void }).requestIdleCallback ?? setTimeout;
if (import.meta.env.PROD)
  setTimeout(
    () =>
      idle(() => {
        later(keepTheApp);
      }),
    2000,
  );
