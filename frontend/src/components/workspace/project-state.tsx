import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { Status, type Look } from '../status';

type State = Schema<'ProjectState'>;

const LOOKS: Record<State, Look> = {
  draft: 'plain',
  analysing: 'busy',
  mapping: 'busy',
  rehearsing: 'busy',
  ready: 'good',
  migrating: 'busy',
  done: 'good',
  archived: 'off',
};

export const PROJECT_STATES = Object.keys(LOOKS) as State[];

export function ProjectStateLabel({ state }: { state: State }) {
  const { t } = useTranslation('workspace');
  return <Status look={LOOKS[state]}>{t(`states.${state}`)}</Status>;
}
