import { Shell, type Build } from './shell';

declare const __BUILD__: Build;

interface Lasting extends Event {
  waitUntil: (done: Promise<unknown>) => void;
}
interface Asked extends Lasting {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
type Message = { do: 'keep'; files: string[]; language: string } | { do: 'take-over' } | { do: 'tell' };
interface Told extends Lasting {
  data: Message;
  ports: readonly MessagePort[];
}
/** The part of a service worker's scope that is used here. */
interface Scope {
  addEventListener: ((type: 'install' | 'activate', heard: (event: Lasting) => void) => void) &
    ((type: 'fetch', heard: (event: Asked) => void) => void) &
    ((type: 'message', heard: (event: Told) => void) => void);
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
}

const scope = globalThis as unknown as Scope;
const build = __BUILD__;
const shell = new Shell(build);

scope.addEventListener('install', (event) => {
  event.waitUntil(shell.install());
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(shell.activate().then(() => scope.clients.claim()));
});
scope.addEventListener('fetch', (event) => {
  const answer = shell.answer(event.request);
  if (answer) event.respondWith(answer);
});
scope.addEventListener('message', (event) => {
  const { data } = event;
  if (data.do === 'keep') event.waitUntil(shell.more(data.files, data.language).catch(() => undefined));
  if (data.do === 'take-over') event.waitUntil(scope.skipWaiting());
  if (data.do === 'tell') event.ports[0]?.postMessage({ version: build.version, entry: build.entry });
});
