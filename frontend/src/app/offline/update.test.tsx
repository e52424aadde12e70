import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { renderApp } from '@/testing/render-app';

type Message = { do: string };

/** A worker of another version, or of the page's own. */
class FakeWorker extends EventTarget {
  state = 'installed';
  readonly told: Message[] = [];
  constructor(private readonly entry: string) {
    super();
  }
  postMessage(message: Message, ports: MessagePort[] = []) {
    this.told.push(message);
    ports[0]?.postMessage({ version: 'x', entry: this.entry });
  }
}

const languages = { language: 'en', on: () => undefined };
async function start(waiting: FakeWorker | null) {
  const active = new FakeWorker('/');
  const registration = Object.assign(new EventTarget(), { waiting, installing: null, update: () => Promise.resolve() });
  const workers = Object.assign(new EventTarget(), {
    controller: active,
    register: vi.fn(() => Promise.resolve(registration)),
    ready: Promise.resolve({ active }),
  });
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { serviceWorker: workers }));
  vi.resetModules();
  const { startWorker } = await import('./update');
  await act(() => startWorker(languages));
  return { workers, registration, active };
}

beforeEach(() => {
  vi.useRealTimers();
});

describe('the service worker', () => {
  it('is asked to keep what the page loaded, and the texts of its language', async () => {
    const { workers, active } = await start(null);
    expect(workers.register).toHaveBeenCalledWith('/sw.js', { updateViaCache: 'none' });
    expect(active.told).toContainEqual({ do: 'keep', files: [], language: 'en' });
  });
  it('takes over in silence when it is of the version that the page runs', async () => {
    const worker = new FakeWorker('/');
    await start(worker);
    await vi.waitFor(() => {
      expect(worker.told.at(-1)).toEqual({ do: 'take-over' });
    });
  });
});

describe('a newer version', () => {
  it('waits until somebody asks for it', async () => {
    const worker = new FakeWorker('/assets/index-newer.js');
    await start(worker);
    const { useUpdateReady, takeUpdate } = await import('./update');
    expect(worker.told).toEqual([{ do: 'tell' }]);
    takeUpdate();
    expect(worker.told.at(-1)).toEqual({ do: 'take-over' });
    expect(useUpdateReady).toBeTypeOf('function');
  });
  it('is offered above the page, and can be left for later', async () => {
    const update = await import('./update');
    const worker = new FakeWorker('/assets/index-newer.js');
    vi.spyOn(update, 'useUpdateReady').mockReturnValue(true);
    await renderApp('/projects');
    expect(await screen.findByText('A new version is here.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Later' }));
    expect(screen.queryByText('A new version is here.')).toBeNull();
    expect(worker.told).toEqual([]);
  });
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as {
    icons: { src: string; sizes: string; purpose: string }[];
  };
  it('names icons that the build makes, with and without a margin', () => {
    const made = [
      '/icon.svg',
      ...[192, 512].flatMap((size) => [`/icons/${String(size)}.png`, `/icons/maskable-${String(size)}.png`]),
    ];
    expect(manifest.icons.map(({ src }) => src).sort()).toEqual(made.sort());
    for (const { src, sizes } of manifest.icons.slice(1)) expect(src).toContain(sizes.split('x')[0]);
  });
});
