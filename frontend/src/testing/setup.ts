import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { loadTexts } from '@/app/texts';
import { end } from '@/lib/api/session';
import { startI18n } from '@/lib/i18n/i18n';
import { queue } from '@/lib/offline/queue';
import { realtime } from '@/lib/realtime/socket';
import { FakeSocket } from './fake-socket';

configure({ asyncUtilTimeout: 20_000 });
await startI18n(loadTexts, { language: 'en' });

// What jsdom lacks.
window.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  onchange: null,
  dispatchEvent: () => false,
});
window.scrollTo = () => undefined;

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeSocket);
});

// Lists show what is in sight: something has to be.
Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, value: 600 });
Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, value: 800 });

afterEach(async () => {
  cleanup();
  await queue.clear();
  realtime.close();
  FakeSocket.last = undefined;
  end(false);
  localStorage.clear();
  vi.unstubAllGlobals();
});
