export const LANGUAGES = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Español' },
  { code: 'fr', name: 'Français' },
  { code: 'de', name: 'Deutsch' },
  { code: 'pt', name: 'Português' },
  { code: 'zh', name: '中文' },
  { code: 'ja', name: '日本語' },
  { code: 'ar', name: 'العربية' },
] as const;

export type LanguageCode = (typeof LANGUAGES)[number]['code'];

const RIGHT_TO_LEFT = new Set<string>(['ar']);
export const directionOf = (language: string) => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

const KEY = 'miq.language';

function known(wanted: string | null): LanguageCode | undefined {
  const base = wanted?.toLowerCase().split('-')[0];
  return LANGUAGES.find(({ code }) => code === base)?.code;
}

/** What was chosen here, else what the browser asks for first that we have. */
export function preferredLanguage(): LanguageCode {
  const chosen = known(localStorage.getItem(KEY));
  return chosen ?? navigator.languages.map(known).find((code) => code !== undefined) ?? 'en';
}

export const rememberLanguage = (language: string) => {
  localStorage.setItem(KEY, language);
};
