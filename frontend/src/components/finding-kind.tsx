import { useTranslation } from 'react-i18next';
import type { Finding } from '@/lib/api/report';
import { Status } from './status';

/** What became of the values: other ones, not taken, or kept although they break a rule. */
export function FindingKind({ kind }: Pick<Finding, 'kind'>) {
  const { t } = useTranslation('common');
  if (kind === 'altered') return <Status look="undone">{t('alterations.altered')}</Status>;
  if (kind === 'refused') return <Status look="warning">{t('alterations.refused')}</Status>;
  return <Status look="info">{t('alterations.warned')}</Status>;
}
