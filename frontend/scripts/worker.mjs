// dist/sw.js: the service worker, with the names of all that makes up this version of the app.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const manifest = JSON.parse(readFileSync(at('../dist/.vite/manifest.json'), 'utf8'));
const languageOf = (key) => /\/locales\/(\w+)\.json$/.exec(key)?.[1];
const NAMED = ['/icon.svg', '/manifest.webmanifest', '/icons/192.png'];

const files = new Set();
const texts = {};
for (const [key, { file, css = [] }] of Object.entries(manifest)) {
  const language = languageOf(key);
  if (language) (texts[language] ??= []).push(`/${file}`);
  else if (file.endsWith('.js')) [file, ...css].forEach((each) => files.add(`/${each}`));
}
for (const each of NAMED) files.add(each);

const page = readFileSync(at('../dist/index.html'));
const version = createHash('sha256')
  .update(JSON.stringify([[...files].sort(), texts]))
  .update(page)
  .digest('hex')
  .slice(0, 16);
const shell = { version, entry: `/${manifest['index.html'].file}`, files: [...files].sort(), texts };

await build({
  configFile: false,
  root: at('..'),
  logLevel: 'warn',
  define: { __BUILD__: JSON.stringify(shell) },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    copyPublicDir: false,
    lib: { entry: at('../src/worker/worker.ts'), name: 'worker', formats: ['iife'], fileName: () => 'sw.js' },
  },
});
console.log(`dist/sw.js: version ${version}, ${files.size} files, ${Object.keys(texts).length} languages`);
