import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { makeFormat } from './format';

export function useFormat() {
  const { i18n } = useTranslation('common');
  return useMemo(() => makeFormat(i18n.language), [i18n.language]);
}
