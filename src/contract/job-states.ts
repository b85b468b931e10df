import { AppError } from './errors.ts';
import type { JobRange, JobState } from './job.ts';

/** Actions on a job. `finish` ends its running attempt, whatever the result. */
export type JobAction = 'run' | 'finish' | 'pause' | 'resume' | 'cancel' | 'retry';

/**
 * The states in which each action is allowed. No action leaves `done`; only the user's retry or cancel leaves `failed`.
 */
const ALLOWED_IN: Readonly<Record<JobAction, readonly JobState[]>> = {
  run: ['queued', 'waiting'],
  finish: ['running'],
  pause: ['queued', 'waiting'],
  resume: ['paused'],
  cancel: ['queued', 'waiting', 'paused', 'failed'],
  retry: ['waiting', 'paused', 'failed', 'cancelled'],
};

/** States in which a job ends by itself while the queue runs. */
const PENDING: ReadonlySet<JobState> = new Set(['queued', 'running', 'waiting']);

/** States that only the user can leave, by retry or cancel. */
const FINAL: ReadonlySet<JobState> = new Set(['done', 'failed', 'cancelled']);

/** Throws `job.wrongState` if the action is not allowed in this state. */
export function assertAllowed(action: JobAction, state: JobState): void {
  if (!ALLOWED_IN[action].includes(state)) throw new AppError('job.wrongState', { state, action });
}

/** Whether the queue will run this job by itself, or runs it: `queued`, `running`, `waiting`. */
export function isPending(state: JobState): boolean {
  return PENDING.has(state);
}

/** Whether a job has not ended: `paused`, or pending. */
export function isUnfinished(state: JobState): boolean {
  return !FINAL.has(state);
}

/** Whether a job has ended, in whatever way: `done`, `failed`, `cancelled`. */
export function isFinal(state: JobState): boolean {
  return FINAL.has(state);
}

/** The user's actions on a job: `first` moves it before all others. */
export type UserAction = 'first' | 'pause' | 'resume' | 'cancel' | 'retry';

/** Actions offered in each state. A running job is paused and cancelled by ending its attempt (`finish`). */
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
 * Actions offered for a job. A failed one about a range can also be cancelled, which leaves the text unchanged; a
 * failed job about a whole recording stays, to show why there is no text.
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
