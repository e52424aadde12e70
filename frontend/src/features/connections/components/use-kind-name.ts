import { useTranslation } from 'react-i18next';

/** Connectors that go by another name in the form. */
const FORM_NAMES: Record<string, string> = { postgres: 'postgresql', mariadb: 'mysql' };

/** The name of a system for people, by the connector's own. */
export function useKindName() {
  const { t } = useTranslation('connections');
  return (kind: string) => t(`kinds.${FORM_NAMES[kind] ?? kind}.name`, { defaultValue: kind });
}
