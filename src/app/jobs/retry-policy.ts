import { type AppError, retryRule } from '../../contract/errors.ts';

/** When a failed attempt is followed by another. */
export interface RetryPolicy {
  /** Delays before the second, third, … attempt; after the last one the job has failed. */
  readonly delaysMs: readonly number[];
  /** How a job that met a full disk waits for space; null fails it. */
  readonly space: SpaceWait | null;
}

/** How a full disk is polled for space. */
export interface SpaceWait {
  /** Milliseconds between two polls. */
  readonly pollMs: number;
  /** Bytes that must be free before it is worth trying again. */
  readonly neededBytes: number;
}

/** For the desktop app, which stays open: three attempts, five and twenty-five minutes apart. */
export const PATIENT: RetryPolicy = {
  delaysMs: [5 * 60_000, 25 * 60_000],
  space: { pollMs: 2_000, neededBytes: 32 * 1024 * 1024 },
};

/** For a command line run, which the user waits for: one retry, at once. */
export const PROMPT: RetryPolicy = { delaysMs: [0], space: null };

/** The next step of a job after a failed attempt. */
export type NextStep =
  | { readonly step: 'fail' }
  | { readonly step: 'retry'; readonly afterMs: number }
  /** A full disk does not count as a failed attempt. */
  | { readonly step: 'waitForSpace' };

/** What `nextStep` means for the end of an attempt: when the job is tried again, and whether this attempt counts. */
export function endOfFailure(
  policy: RetryPolicy,
  error: AppError,
  attempts: number,
  nowMs: number,
): { retryAtMs: number | null; counted: boolean } {
  const next = nextStep(policy, error, attempts + 1);
  switch (next.step) {
    case 'fail':
      return { retryAtMs: null, counted: true };
    case 'retry':
      return { retryAtMs: nowMs + next.afterMs, counted: true };
    case 'waitForSpace':
      return { retryAtMs: nowMs, counted: false };
  }
}

/** Decides the next step of a job whose attempt number `attempt` (from 1) met `error`. */
export function nextStep(policy: RetryPolicy, error: AppError, attempt: number): NextStep {
  const rule = retryRule(error.code);
  switch (rule) {
    case 'never':
      return { step: 'fail' };
    case 'space':
      return policy.space === null ? { step: 'fail' } : { step: 'waitForSpace' };
    case 'later': {
      const afterMs = policy.delaysMs[attempt - 1];
      return afterMs === undefined ? { step: 'fail' } : { step: 'retry', afterMs };
    }
  }
}
