import type { LoadTexts } from '@/lib/i18n/i18n';

const files = import.meta.glob<{ default: object }>([
  './locales/*.json',
  '../components/locales/*.json',
  '../components/*/locales/*.json',
  '../features/*/locales/*.json',
]);

function fileOf(language: string, namespace: string) {
  if (namespace === 'app') return `./locales/${language}.json`;
  if (namespace === 'common') return `../components/locales/${language}.json`;
  const feature = `../features/${namespace}/locales/${language}.json`;
  return feature in files ? feature : `../components/${namespace}/locales/${language}.json`;
}

/** The texts of one namespace in one language, from the folder that shows them. */
export const loadTexts: LoadTexts = async (language, namespace) => {
  const load = files[fileOf(language, namespace)];
  if (!load) throw new Error(`no texts for ${namespace} in ${language}`);
  return (await load()).default;
};
