import { useTranslation } from 'react-i18next';
import { Status, type Look } from '@/components/status';
import type { Schema } from '@/lib/api/client';

const LOOKS: Record<string, Look> = { active: 'good', retired: 'off', refused: 'warning' };

export function ModelState({ state }: { state: string }) {
  const { t } = useTranslation('operations');
  return <Status look={LOOKS[state] ?? 'plain'}>{t(`models.states.${state}`, { defaultValue: state })}</Status>;
}

/** What a model is called: by its number, or the shipped one. */
export function useModelName() {
  const { t } = useTranslation('operations');
  return (model: Pick<Schema<'ModelView'>, 'number'> | undefined) =>
    model === undefined || model.number === 0 ? t('models.shipped') : t('models.version', { number: model.number });
}
