import createCache, { type Options } from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '@/lib/i18n/languages';
import { makeTheme } from '@/lib/theme/theme';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce;

function cacheOf(stylisPlugins?: Options['stylisPlugins']) {
  const key = stylisPlugins ? 'miqr' : 'miq';
  return createCache({ key, ...(nonce ? { nonce } : {}), ...(stylisPlugins ? { stylisPlugins } : {}) });
}

const leftToRight = Promise.resolve(cacheOf());
let rightToLeft: Promise<ReturnType<typeof cacheOf>> | undefined;

/** What mirrors the stylesheets is loaded only for who reads from the right. */
async function makeRightToLeft() {
  const [{ default: mirror }, { prefixer }] = await Promise.all([import('@mui/stylis-plugin-rtl'), import('stylis')]);
  return cacheOf([prefixer, mirror]);
}

/** Theme and direction of everything below. */
export function Look({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation('common');
  const direction = directionOf(i18n.language);
  const theme = useMemo(() => makeTheme(direction), [direction]);
  const cache = use(direction === 'rtl' ? (rightToLeft ??= makeRightToLeft()) : leftToRight);
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="miq.theme">
        <CssBaseline enableColorScheme />
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}
