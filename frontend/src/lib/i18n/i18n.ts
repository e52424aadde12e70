import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { directionOf, preferredLanguage, rememberLanguage } from './languages';

/** Texts of a feature (its folder's name), of `app`, or `common` ones, in a language. */
export type LoadTexts = (language: string, namespace: string) => Promise<object>;

const backend = (load: LoadTexts): BackendModule => ({
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    load(language, namespace).then(
      (texts) => {
        done(null, texts as Record<string, string>);
      },
      (error: unknown) => {
        done(error as Error, false);
      },
    );
  },
});

function showLanguage(language: string) {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

interface Start {
  language?: string;
  /** Loaded at once, besides the common texts. */
  namespaces?: string[];
}

/** Every language is complete (a test sees to it), so none falls back on another. */
export async function startI18n(load: LoadTexts, { language = preferredLanguage(), namespaces = [] }: Start = {}) {
  i18next.on('languageChanged', (chosen) => {
    showLanguage(chosen);
  });
  await i18next
    .use(backend(load))
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: ['common', ...namespaces],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
    });
  showLanguage(i18next.language);
  return i18next;
}

export async function chooseLanguage(language: string) {
  rememberLanguage(language);
  await i18next.changeLanguage(language);
}
