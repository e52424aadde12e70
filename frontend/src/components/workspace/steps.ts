import type { Schema } from '@/lib/api/client';
import type { Look } from '../status';

export const STEPS = ['overview', 'analysis', 'mapping', 'transformation', 'validation', 'migration'] as const;
export type Step = (typeof STEPS)[number];
/** The steps in which something is done. */
export type WorkStep = Exclude<Step, 'overview'>;
export type StepState = Schema<'ProjectStep'>;

/** The address of a step. */
export const pathOf = (projectId: string, step: Step) =>
  step === 'overview' ? `/projects/${projectId}` : `/projects/${projectId}/${step}`;

const LOOKS: Record<StepState['reason'], Look> = {
  not_begun: 'plain',
  under_way: 'busy',
  failed: 'bad',
  cancelled: 'off',
  tables_unread: 'warning',
  suggestions_open: 'warning',
  plan_faults: 'bad',
  alerts_open: 'bad',
  checks_failing: 'bad',
  waiting_for_approval: 'waiting',
  differences: 'bad',
  quarantine: 'warning',
  rehearsed: 'info',
  undone: 'undone',
  migrated: 'good',
  verified: 'good',
  complete: 'good',
};

export const lookOf = ({ reason }: StepState) => LOOKS[reason];
