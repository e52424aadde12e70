import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = path.join(import.meta.dirname, '../src');
export const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'zh', 'ja', 'ar'] as const;

type Texts = { [key: string]: string | Texts };
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Texts;

/** A text of a folder below src, as the app has it in that language. */
export function text(language: string, folder: string, key: string): string {
  let found: string | Texts | undefined = read(path.join(SOURCES, folder, 'locales', `${language}.json`));
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
  if (typeof found !== 'string') throw new Error(`${folder} has no text ${key} in ${language}`);
  return found;
}

const keysOf = (texts: Texts, above = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  );

/** Names of texts, which nobody should ever see. */
export const allKeys = () =>
  readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('locales/en.json'))
    .flatMap((file) => keysOf(read(path.join(SOURCES, file))))
    .filter((key) => key.includes('.'));
