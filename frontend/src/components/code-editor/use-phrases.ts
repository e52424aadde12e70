import { useTranslation } from 'react-i18next';

/** The words of CodeMirror, as it asks for them. */
export function usePhrases(): Record<string, string> {
  const { t } = useTranslation('common');
  return {
    Find: t('code.find'),
    Replace: t('code.replace'),
    next: t('code.next'),
    previous: t('code.previous'),
    all: t('code.all'),
    'match case': t('code.matchCase'),
    regexp: t('code.regexp'),
    'by word': t('code.byWord'),
    replace: t('code.replaceOne'),
    'replace all': t('code.replaceAll'),
    close: t('code.close'),
    'Fold line': t('code.fold'),
    'Unfold line': t('code.unfold'),
    'folded code': t('code.folded'),
    Completions: t('code.completions'),
  };
}
