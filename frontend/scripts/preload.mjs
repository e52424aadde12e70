// dist/index.html: what the page of the address needs besides the first script is asked for together with it, instead of
// after it ran: the page's own code and its texts in the person's language.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const each of manifest[key].imports ?? []) closure(each, seen);
  return seen;
}
const first = closure('index.html');
const beside = (...keys) => {
  const all = new Set(keys.flatMap((key) => [...closure(key)]));
  return [...all].filter((each) => !first.has(each)).map((each) => manifest[each].file);
};
const textsOf = (folders) => {
  const found = {};
  for (const [key, { file }] of Object.entries(manifest)) {
    const [, folder, language] = /^src\/(?:features\/)?([\w-]+)\/locales\/(\w+)\.json$/.exec(key) ?? [];
    if (folders.includes(folder)) (found[language] ??= []).push(file);
  }
  return found;
};
const APP = 'src/app/app.tsx';
const FRAME = 'src/app/shell/frame.tsx';
// The frame names every feature, in its rail and its palette.
const features = readdirSync(new URL('../src/features/', import.meta.url));
const ofFrame = textsOf(['components', 'app', ...features]);
const pages = {
  open: { code: beside(APP, 'src/features/sign-in/routes/sign-in.tsx'), texts: textsOf(['components', 'sign-in']) },
  home: { code: beside(APP, FRAME, 'src/features/home/routes/home.tsx') },
  frame: { code: beside(APP, FRAME), texts: ofFrame },
};

const script = `(function (pages) {
  var path = location.pathname;
  var page = path === '/sign-in' ? pages.open : pages.frame;
  var code = path === '/' ? pages.home.code : page.code;
  var wanted = [localStorage.getItem('miq.language')].concat(navigator.languages).map(function (each) {
    return String(each).toLowerCase().split('-')[0];
  });
  var language = wanted.find(function (each) { return page.texts[each]; }) || 'en';
  code.concat(page.texts[language]).forEach(function (file) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.crossOrigin = '';
    link.href = '/' + file;
    document.head.appendChild(link);
  });
})(${JSON.stringify(pages)});`.replaceAll(/\n\s*/g, ' ');

const html = readFileSync(new URL('index.html', dist), 'utf8');
const place = html.indexOf('<script type="module"');
if (place < 0) throw new Error('dist/index.html has no script');
const tag = `<script nonce="__CSP_NONCE__">${script}</script>\n    `;
writeFileSync(new URL('index.html', dist), html.slice(0, place) + tag + html.slice(place));
console.log(`dist/index.html: ${pages.open.code.length} and ${pages.frame.code.length} parts asked for at once`);
