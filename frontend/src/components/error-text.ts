import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/lib/api/errors';

/** Codes that have a text in every language; others are told in the server's words. */
const OWN = new Set([
  'MIQ-API-003',
  'MIQ-API-006',
  'MIQ-API-009',
  'MIQ-API-013',
  'MIQ-API-018',
  'MIQ-API-022',
  'MIQ-AUTH-001',
  'MIQ-AUTH-003',
  'MIQ-AUTH-004',
  'MIQ-AUTH-005',
  'MIQ-AUTH-006',
]);

export function useErrorText(error: ApiError) {
  const { t } = useTranslation('common');
  if (error.unreachable) return { what: t('error.unreachable.what'), fix: t('error.unreachable.fix') };
  if (OWN.has(error.code)) return { what: t(`error.${error.code}.what`), fix: t(`error.${error.code}.fix`) };
  return { what: error.title || t('error.unknown'), fix: error.fix };
}
