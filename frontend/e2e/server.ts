import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const BINARY = process.env.MIQ_BINARY ?? '../build/release/backend/apps/migrateiq/migrateiq';
const PATIENCE_MS = 120_000;

/** What the server says at its first start: where it listens, and the link for the first administrator. */
function firstWords(server: ChildProcess): Promise<{ url: string; link: string }> {
  return new Promise((done, fail) => {
    let text = '';
    const hear = (part: Buffer) => {
      text += part.toString();
      const url = /listening on (http\S+)/.exec(text)?.[1];
      const link = /(http\S+\/setup#token=\S+)/.exec(text)?.[1];
      if (url && link) done({ url, link });
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.on('exit', (code) => {
      fail(new Error(`${BINARY} ended with ${String(code)}:\n${text}`));
    });
    setTimeout(() => {
      fail(new Error(`${BINARY} did not start:\n${text}`));
    }, PATIENCE_MS).unref();
  });
}

/** One server for all tests, with a state of its own. MIQ_WEB_FOLDER serves that folder instead of the built-in app. */
export default async function startServer() {
  const folder = mkdtempSync(path.join(tmpdir(), 'miq-e2e-'));
  mkdirSync(path.join(folder, 'data'));
  const settings = [`connections.local_folders=default=${folder}/data`, 'gateway.rate_per_address=1000'];
  if (process.env.MIQ_WEB_FOLDER) settings.push(`server.web_folder=${process.env.MIQ_WEB_FOLDER}`);
  const words = ['serve', '--state', `${folder}/state`, '--port', '0', '--log-level', 'warn'];
  const server = spawn(BINARY, [...words, ...settings.flatMap((each) => ['--set', each])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { url, link } = await firstWords(server);
  process.env.MIQ_E2E_URL = url;
  process.env.MIQ_E2E_DATA = path.join(folder, 'data');
  process.env.MIQ_E2E_SETUP = link;
  return async () => {
    server.removeAllListeners('exit');
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
}
