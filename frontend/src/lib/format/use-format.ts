import { useTranslation } from 'react-i18next';
import { formatOf } from './format';

export function useFormat() {
  const { i18n } = useTranslation('common');
  return formatOf(i18n.language);
}
