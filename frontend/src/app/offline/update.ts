import { useSyncExternalStore } from 'react';

/**
 * The service worker: registered once the page stands, and asked now and then whether there is a newer version. A newer
 * one waits until somebody asks for it; no page is ever loaded anew by itself.
 */
const LOOK_EVERY_MS = 30 * 60_000;

let ready = false;
let waiting: ServiceWorker | undefined;
let wanted = false;
const listeners = new Set<() => void>();

function become(worker: ServiceWorker | undefined) {
  waiting = worker;
  ready = worker !== undefined;
  listeners.forEach((listener) => {
    listener();
  });
}

/** The code that this page runs, by the content hash in its name. */
function entry() {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]');
  return new URL(script?.src ?? '/', location.href).pathname;
}

/** Whether the worker is of the version that this page runs already. */
function isSame(worker: ServiceWorker) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<boolean>((done) => {
    port1.onmessage = ({ data }: MessageEvent<{ entry: string }>) => {
      done(data.entry === entry());
    };
  });
  worker.postMessage({ do: 'tell' }, [port2]);
  return answer;
}

async function offer(worker: ServiceWorker) {
  if (await isSame(worker)) worker.postMessage({ do: 'take-over' });
  else become(worker);
}

function follow(registration: ServiceWorkerRegistration) {
  const { installing } = registration;
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'installed' && navigator.serviceWorker.controller) void offer(installing);
    if (installing.state === 'redundant' && waiting === installing) become(undefined);
  });
}

const tell = (message: object) => void navigator.serviceWorker.ready.then(({ active }) => active?.postMessage(message));

/** What this page loaded before the worker was there. */
function loaded() {
  return performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/'))
    .map(({ pathname }) => pathname);
}

interface Languages {
  language: string;
  on: (event: 'languageChanged', heard: (language: string) => void) => void;
}

export async function startWorker(languages: Languages) {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (!workers) return;
  workers.addEventListener('controllerchange', () => {
    if (wanted) location.reload();
  });
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined);
  if (!registration) return;
  if (registration.waiting) void offer(registration.waiting);
  if (registration.installing) follow(registration);
  registration.addEventListener('updatefound', () => {
    follow(registration);
  });
  tell({ do: 'keep', files: loaded(), language: languages.language });
  languages.on('languageChanged', (language) => {
    tell({ do: 'keep', files: [], language });
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  }, LOOK_EVERY_MS);
}

/** Loads the newer version: asked for by somebody. */
export function takeUpdate() {
  wanted = true;
  // Another tab may have taken it already.
  if (waiting?.state === 'installed') waiting.postMessage({ do: 'take-over' });
  else location.reload();
}

export const useUpdateReady = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ready,
    () => ready,
  );
