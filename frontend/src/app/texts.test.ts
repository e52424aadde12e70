import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@/lib/i18n/languages';

type Texts = { [key: string]: string | Texts };

const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
const folders = [...new Set(files.filter((name) => name.includes('/locales/')).map((name) => path.dirname(name)))];
const namespaceOf = (folder: string) => {
  const owner = path.basename(path.dirname(folder));
  return owner === 'components' ? 'common' : owner;
};

function flat(texts: Texts, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(texts).map(([key, value]) =>
      typeof value === 'string' ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`),
    ),
  ) as Record<string, string>;
}
const read = (folder: string, language: string) =>
  flat(JSON.parse(readFileSync(path.join('src', folder, `${language}.json`), 'utf8')) as Texts);
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort();
const PLURAL = /_(zero|one|two|few|many|other)$/;
/** Keys with the plural forms that the language has. */
function expected(english: Record<string, string>, language: string) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return [
    ...new Set(
      Object.keys(english).flatMap((key) =>
        PLURAL.test(key) ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key],
      ),
    ),
  ].sort();
}

/** Keys that the sources ask for, by namespace; what is put together stands as a pattern. */
function used() {
  const found: { namespace: string; pattern: RegExp; key: string; file: string }[] = [];
  for (const file of files.filter(
    (name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.startsWith('testing'),
  )) {
    const source = readFileSync(path.join('src', file), 'utf8');
    const own = /useTranslation\(\[?\s*'([^']+)'/.exec(source)?.[1] ?? '';
    for (const [, quoted = ''] of source.matchAll(/\bt\(\s*['`]([^'`]+)['`]/g)) {
      const [namespace, key] = /^[\w-]+:/.test(quoted) ? (quoted.split(/:(.*)/s) as [string, string]) : [own, quoted];
      if (/^\$\{/.test(quoted)) continue;
      const source = key
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll(/[.*+?^()|[\]\\]/g, '\\$&'))
        .join('[^.]+');
      found.push({ namespace, key, file, pattern: new RegExp(`^${source}(_(zero|one|two|few|many|other))?$`) });
    }
  }
  return found;
}
/** Asked for by the frame, of every feature that has them. */
const BY_FEATURE = /^(nav|command\..+)$/;

describe.each(folders)('texts of %s', (folder) => {
  const english = read(folder, 'en');
  it.each(LANGUAGES.map(({ code }) => code))('are complete in %s', (language) => {
    const texts = read(folder, language);
    expect(Object.keys(texts).sort()).toEqual(expected(english, language));
    for (const [key, text] of Object.entries(texts)) {
      expect(text.trim(), `${language} ${key}`).not.toBe('');
      const original = english[key] ?? english[key.replace(PLURAL, '_other')] ?? '';
      expect(placeholders(text), `${language} ${key}`).toEqual(placeholders(original));
    }
  });
  it('are all used', () => {
    const asked = used().filter(({ namespace }) => namespace === namespaceOf(folder));
    const unused = Object.keys(english).filter(
      (key) => !BY_FEATURE.test(key) && !asked.some(({ pattern }) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });
});

describe('the sources', () => {
  it('ask for no text that is not there', () => {
    const all = new Map(folders.map((folder) => [namespaceOf(folder), Object.keys(read(folder, 'en'))]));
    const missing = used().filter(({ namespace, pattern }) => !all.get(namespace)?.some((key) => pattern.test(key)));
    expect(missing.map(({ file, namespace, key }) => `${file}: ${namespace}:${key}`)).toEqual([]);
  });
  it('have a language file for each language in each folder', () => {
    for (const folder of folders)
      expect(readdirSync(path.join('src', folder)).sort()).toEqual(LANGUAGES.map(({ code }) => `${code}.json`).sort());
  });
});
