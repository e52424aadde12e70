// What the sign-in page loads first, and each route after it, against the budget; exit status 1 when it is too much.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 200;
const LARGEST_ROUTE_KB = 120;
const SIGN_IN = ['index.html', 'src/app/app.tsx', 'src/features/sign-in/routes/sign-in.tsx'];
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** The chunk and all that it imports statically. */
function closure(keys, seen = new Set()) {
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    closure(manifest[key]?.imports ?? [], seen);
  }
  return seen;
}
const bytes = (key) => gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length;
const sum = (keys) =>
  [...keys].filter((key) => manifest[key].file.endsWith('.js')).reduce((total, key) => total + bytes(key), 0);
const kb = (count) => (count / 1000).toFixed(1).padStart(7);

const texts = Object.keys(manifest).filter((key) => /(app|sign-in)\/locales\/en\.json$/.test(key));
const first = closure([...SIGN_IN, ...texts]);
const signIn = sum(first);
console.log(`sign-in page ${kb(signIn)} kB of JavaScript, gzipped (at most ${BUDGET_KB})`);

const routes = Object.keys(manifest).filter(
  (key) => /^src\/features\/[^/]+\/routes\//.test(key) && manifest[key].isDynamicEntry,
);
let tooLarge = 0;
for (const key of routes.sort()) {
  const own = sum([...closure([key])].filter((each) => !first.has(each)));
  if (own > LARGEST_ROUTE_KB * 1000) tooLarge += 1;
  console.log(`${kb(own)} kB more  ${key.replace('src/features/', '')}`);
}
const good = signIn <= BUDGET_KB * 1000 && tooLarge === 0 && routes.length > 0;
if (!good) console.error('size: over the budget');
process.exit(good ? 0 : 1);
