import type { Schema } from '@/lib/api/client';

export type Action = 'approve' | 'reject' | 'pause' | 'resume' | 'retry' | 'cancel' | 'undo' | 'accept';
type Run = Pick<Schema<'RunView'>, 'state' | 'kind' | 'pending' | 'accepted' | 'requested_by'>;

const PERMISSION: Record<Action, string> = {
  approve: 'runs.approve',
  reject: 'runs.approve',
  pause: 'runs.start',
  resume: 'runs.start',
  retry: 'runs.start',
  cancel: 'runs.start',
  undo: 'runs.undo',
  accept: 'runs.undo',
};

const STATES: Record<Exclude<Action, 'approve' | 'reject'>, readonly Run['state'][]> = {
  pause: ['running'],
  resume: ['paused'],
  retry: ['failed', 'cancelled'],
  cancel: ['queued', 'running', 'paused'],
  undo: ['succeeded', 'failed', 'cancelled'],
  accept: ['succeeded'],
};

function isPossible(action: Action, { state, kind, pending, accepted }: Run) {
  if (action === 'approve' || action === 'reject') return Boolean(pending);
  if (!STATES[action].includes(state)) return false;
  return action === 'undo' || action === 'accept' ? kind === 'run' && !accepted && !pending : true;
}

/** What may be asked of a run now. Runs of the command line are only shown. */
export function actionsOf(run: Run, may: (permission: string) => boolean): Action[] {
  if (run.kind === 'local') return [];
  return (Object.keys(PERMISSION) as Action[]).filter((action) => may(PERMISSION[action]) && isPossible(action, run));
}

export const isDangerous = (action: Action) => action === 'cancel' || action === 'undo' || action === 'reject';
