import { AppError } from './errors.ts';
import type { JobRange, JobState } from './job.ts';

/** What can be done with a job. `finish` ends its running attempt, whatever came of it. */
export type JobAction = 'run' | 'finish' | 'pause' | 'resume' | 'cancel' | 'retry';

/** The states in which each action makes sense. No action leaves `done`; only the user's retrying or giving up leaves `failed`. */
const ALLOWED_IN: Readonly<Record<JobAction, readonly JobState[]>> = {
  run: ['queued', 'waiting'],
  finish: ['running'],
  pause: ['queued', 'waiting'],
  resume: ['paused'],
  cancel: ['queued', 'waiting', 'paused', 'failed'],
  retry: ['waiting', 'paused', 'failed', 'cancelled'],
};

/** States in which a job ends by itself, as long as the queue works. */
const PENDING: ReadonlySet<JobState> = new Set(['queued', 'running', 'waiting']);

/** States that only the user leaves, by retrying or by giving up. */
const FINAL: ReadonlySet<JobState> = new Set(['done', 'failed', 'cancelled']);

/** Throws `job.wrongState` where the action makes no sense in this state. */
export function assertAllowed(action: JobAction, state: JobState): void {
  if (!ALLOWED_IN[action].includes(state)) throw new AppError('job.wrongState', { state, action });
}

/** Whether the queue will come to this job by itself, or is at it: `queued`, `running`, `waiting`. */
export function isPending(state: JobState): boolean {
  return PENDING.has(state);
}

/** Whether a job has not come to its end: `paused` besides the pending ones. */
export function isUnfinished(state: JobState): boolean {
  return !FINAL.has(state);
}

/** Whether a job has ended, in whatever way: `done`, `failed`, `cancelled`. */
export function isFinal(state: JobState): boolean {
  return FINAL.has(state);
}

/** What the user can do with a job: `first` puts it before all others, and `cancel` gives it up. */
export type UserAction = 'first' | 'pause' | 'resume' | 'cancel' | 'retry';

/** What the user is offered in each state. A running job is paused and cancelled by ending its attempt (`finish`). */
const OFFERED_IN: Readonly<Record<JobState, readonly UserAction[]>> = {
  queued: ['first', 'pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  waiting: ['retry', 'cancel'],
  failed: ['retry'],
  cancelled: ['retry'],
  done: [],
};

/**
 * What the user is offered for a job. A failed one about a range can also be given up: then its text is as it
 * was before; a failed job about a whole recording stays, as what tells why there is no text.
 */
export function offeredActions({
  state,
  range,
}: {
  readonly state: JobState;
  readonly range: JobRange | null;
}): readonly UserAction[] {
  return state === 'failed' && range !== null ? [...OFFERED_IN.failed, 'cancel'] : OFFERED_IN[state];
}
