// dist/ with .br and .gz beside what is worth it, and all of it as one file for the program: dist.pack.
// A pack is "MIQWEB1\n", then for each file: length of its path, length of its content (32 bits, little-endian), both.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const target = process.argv[2] ?? fileURLToPath(new URL('../../build/web/app.pack', import.meta.url));
const WORTH_IT = /\.(js|css|svg|json|txt|webmanifest)$/;

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !path.relative(dist, entry.parentPath).startsWith('.vite'))
  .map((entry) => path.relative(dist, path.join(entry.parentPath, entry.name)))
  .filter((name) => !/\.(br|gz)$/.test(name))
  .sort();

const packed = files.flatMap((name) => {
  const content = readFileSync(path.join(dist, name));
  if (!WORTH_IT.test(name) || content.length < 1024) return [[name, content]];
  const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return [
    [name, content],
    [`${name}.br`, br],
    [`${name}.gz`, gzipSync(content, { level: 9 })],
  ];
});

const parts = [Buffer.from('MIQWEB1\n')];
for (const [name, content] of packed) {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(Buffer.byteLength(name), 0);
  head.writeUInt32LE(content.length, 4);
  parts.push(head, Buffer.from(name), content);
}
const pack = Buffer.concat(parts);
let before;
try {
  before = readFileSync(target);
} catch {
  before = undefined;
}
if (!before?.equals(pack)) writeFileSync(target, pack);
console.log(`${path.relative(process.cwd(), target)}: ${files.length} files, ${(pack.length / 1024).toFixed(0)} KiB`);
