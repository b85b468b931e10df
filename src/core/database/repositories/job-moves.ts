import { AppError } from '../../../contract/errors.ts';
import type { JobState } from '../../../contract/job.ts';

/** Where a job may go from each state. `done` is final; `failed` and `cancelled` are left only when the user asks. */
const MOVES: Record<JobState, readonly JobState[]> = {
  queued: ['running', 'paused', 'cancelled'],
  waiting: ['running', 'queued', 'paused', 'cancelled'],
  running: ['done', 'waiting', 'failed', 'paused', 'cancelled', 'queued'],
  paused: ['queued', 'cancelled'],
  failed: ['queued'],
  cancelled: ['queued'],
  done: [],
};

/** What a user would call the move to a state. */
const ACTIONS: Record<JobState, string> = {
  queued: 'retry',
  running: 'run',
  paused: 'pause',
  waiting: 'wait',
  done: 'finish',
  failed: 'fail',
  cancelled: 'cancel',
};

/** Like `assertMove`, for a move that no attempt takes part in: a running job may not make it. */
export function assertIdleMove(from: JobState, to: JobState): void {
  if (from === 'running') throw new AppError('job.wrongState', { state: from, action: ACTIONS[to] });
  assertMove(from, to);
}

/** Throws `job.wrongState` where a job may not go from `from` to `to`. */
export function assertMove(from: JobState, to: JobState): void {
  if (!MOVES[from].includes(to)) throw new AppError('job.wrongState', { state: from, action: ACTIONS[to] });
}
