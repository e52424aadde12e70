import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeCaches } from '@/testing/fake-caches';
import { Shell, type Build } from './shell';

const build = (version: string, files: string[]): Build => ({
  version,
  entry: '/assets/index-11111111.js',
  files,
  texts: { de: ['/assets/de-11111111.js'], fr: ['/assets/fr-11111111.js'] },
});
const request = (path: string, mode?: string) => {
  const made = new Request(`http://localhost${path}`);
  if (mode) Object.defineProperty(made, 'mode', { value: mode });
  return made;
};
let kept: ReturnType<typeof fakeCaches>;
const server = vi.fn<(path: string) => Response>();

beforeEach(() => {
  kept = fakeCaches();
  server.mockReset().mockImplementation((path) => new Response(`server's ${path}`));
  vi.stubGlobal('fetch', (asked: Request | string) => {
    const path = new URL(asked instanceof Request ? asked.url : asked, 'http://localhost').pathname;
    return new Promise((done) => {
      done(server(path));
    });
  });
});
const gone = () => {
  server.mockImplementation(() => {
    throw new TypeError('Failed to fetch');
  });
};
const asked = () => server.mock.calls.map(([path]) => path);
const textOf = async (answer: Promise<Response> | undefined) => (await answer)?.text();

describe('the service worker', () => {
  it('keeps the page and its code, and shows them while the server is away', async () => {
    const shell = new Shell(build('one', ['/assets/index-11111111.js', '/icon.svg']));
    await shell.install();
    gone();
    expect(await textOf(shell.answer(request('/projects/7', 'navigate')))).toBe("server's /");
    expect(await textOf(shell.answer(request('/assets/index-11111111.js')))).toContain('index-11111111');
    expect(await textOf(shell.answer(request('/icon.svg')))).toContain('icon.svg');
  });
  it('asks the server for the page as long as it is there', async () => {
    const shell = new Shell(build('one', []));
    await shell.install();
    server.mockImplementation(() => new Response('newer'));
    expect(await textOf(shell.answer(request('/', 'navigate')))).toBe('newer');
  });
  it('asks for a file with a hashed name only once', async () => {
    const shell = new Shell(build('one', []));
    await shell.answer(request('/assets/late-22222222.js'));
    await shell.answer(request('/assets/late-22222222.js'));
    expect(asked()).toEqual(['/assets/late-22222222.js']);
  });
  it('leaves the API and changes alone', () => {
    const shell = new Shell(build('one', []));
    expect(shell.answer(request('/api/v1/me'))).toBeUndefined();
    expect(shell.answer(request('/healthz'))).toBeUndefined();
    expect(shell.answer(new Request('http://localhost/x', { method: 'POST' }))).toBeUndefined();
    expect(shell.answer(new Request('http://elsewhere/assets/x-11111111.js'))).toBeUndefined();
  });
  it('takes what did not change from the version before, and keeps that one for pages that are open', async () => {
    for (const version of ['one', 'two', 'three']) {
      const shell = new Shell(build(version, ['/assets/index-11111111.js']));
      await shell.install();
      await shell.activate();
    }
    expect(asked().filter((path) => path.startsWith('/assets/'))).toHaveLength(1);
    expect(kept.names()).toEqual(['miq-shell-two', 'miq-shell-three']);
  });
  it('takes over nothing that is not whole', async () => {
    server.mockImplementation((path) => new Response('', { status: path === '/' ? 200 : 429 }));
    await expect(new Shell(build('one', ['/assets/index-11111111.js'])).install()).rejects.toThrow('429');
  });
  it('keeps the texts of one language, and what the page had loaded before', async () => {
    await new Shell(build('one', [])).more(['/assets/early-11111111.js', '/api/v1/me'], 'de');
    expect(kept.paths('miq-shell-one').sort()).toEqual(['/assets/de-11111111.js', '/assets/early-11111111.js']);
  });
});
