import type { Schema } from '@/lib/api/client';
import type { Look } from '../status';

export const STEPS = ['overview', 'analysis', 'mapping', 'transformation', 'validation', 'migration'] as const;
export type Step = (typeof STEPS)[number];
/** The steps in which something is done. */
export type WorkStep = Exclude<Step, 'overview'>;

export interface StepState {
  look: Look;
  /** Which text says it: `says.<step>.<this>`. */
  says: string;
  /** How much is left to do; `more`: at least. */
  left?: number;
  more?: boolean;
}

/** The address of a step. */
export const pathOf = (projectId: string, step: Step) =>
  step === 'overview' ? `/projects/${projectId}` : `/projects/${projectId}/${step}`;

interface Job {
  state: string;
}
interface Some {
  items: readonly unknown[];
  next?: string | null;
}

const leftOf = ({ items, next }: Some) => ({ left: items.length, more: Boolean(next) });

/** What can be said of a job by its state alone; nothing when it came to a good end. */
function ofJob(job: Job | undefined): StepState | undefined {
  if (!job) return { look: 'plain', says: 'none' };
  switch (job.state) {
    case 'succeeded':
      return undefined;
    case 'failed':
      return { look: 'bad', says: 'failed' };
    case 'cancelled':
      return { look: 'off', says: 'cancelled' };
    default:
      return { look: 'busy', says: 'busy' };
  }
}

export function analysisState(job: Schema<'AnalysisView'> | undefined): StepState {
  const failures = job?.summary?.failures ?? 0;
  const ended = ofJob(job);
  if (ended) return ended;
  return failures > 0 ? { look: 'warning', says: 'unread', left: failures } : { look: 'good', says: 'done' };
}

export function mappingState(job: Schema<'MatchingView'> | undefined, open: Some | undefined): StepState {
  const ended = ofJob(job);
  if (ended) return ended;
  if (!open) return { look: 'plain', says: 'done' };
  return open.items.length > 0 ? { look: 'warning', says: 'open', ...leftOf(open) } : { look: 'good', says: 'done' };
}

export function transformationState(
  plan: Schema<'PlanView'> | undefined,
  checked: Schema<'PlanValidationView'> | undefined,
): StepState {
  if (!plan) return { look: 'plain', says: 'none' };
  if (!checked) return { look: 'plain', says: 'there' };
  return checked.valid ? { look: 'good', says: 'done' } : { look: 'bad', says: 'faults', left: checked.faults.length };
}

export function validationState(job: Schema<'CheckRunView'> | undefined, alerts: Some | undefined): StepState {
  if (alerts && alerts.items.length > 0) return { look: 'bad', says: 'alerts', ...leftOf(alerts) };
  const ended = job && job.failed + job.errors > 0 ? undefined : ofJob(job);
  if (ended) return ended;
  const left = (job?.failed ?? 0) + (job?.errors ?? 0);
  return left > 0 ? { look: 'bad', says: 'failing', left } : { look: 'good', says: 'done' };
}

const RESULTS: Record<string, StepState> = {
  mismatch: { look: 'bad', says: 'mismatch' },
  quarantined: { look: 'warning', says: 'quarantined' },
};
const GOOD: Record<string, StepState> = {
  rehearse: { look: 'info', says: 'rehearsed' },
  verify: { look: 'good', says: 'verified' },
};

export function migrationState(run: Schema<'RunView'> | undefined, approvals: Some | undefined): StepState {
  if (approvals && approvals.items.length > 0) return { look: 'waiting', says: 'approval', ...leftOf(approvals) };
  if (run?.state === 'undone') return { look: 'undone', says: 'undone' };
  // A verification that found differences has failed, but that is not what one wants to know of it.
  return RESULTS[run?.result ?? ''] ?? ofJob(run) ?? GOOD[run?.kind ?? ''] ?? { look: 'good', says: 'migrated' };
}
