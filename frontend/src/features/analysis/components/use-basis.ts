import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

/** Which rows a figure is from, in words. */
export function useBasis() {
  const { t } = useTranslation('analysis');
  return (basis: Schema<'Basis'>) => t(`basis.${basis}`);
}
