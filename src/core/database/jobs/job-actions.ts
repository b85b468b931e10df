import { AppError } from '../../../contract/errors.ts';
import type { JobState } from '../../../contract/job.ts';

/** What can be done with a job. `finish` ends its running attempt, whatever came of it. */
export type JobAction = 'run' | 'finish' | 'pause' | 'resume' | 'cancel' | 'retry';

/** The states in which each action makes sense. No action leaves `done`; only the user's retrying or giving up leaves `failed`. */
const ALLOWED_IN: Record<JobAction, readonly JobState[]> = {
  run: ['queued', 'waiting'],
  finish: ['running'],
  pause: ['queued', 'waiting'],
  resume: ['paused'],
  cancel: ['queued', 'waiting', 'paused', 'failed'],
  retry: ['waiting', 'paused', 'failed', 'cancelled'],
};

/** Throws `job.wrongState` where the action makes no sense in this state. */
export function assertAllowed(action: JobAction, state: JobState): void {
  if (!ALLOWED_IN[action].includes(state)) throw new AppError('job.wrongState', { state, action });
}
