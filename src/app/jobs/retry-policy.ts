import type { RetryRule } from '../../contract/errors.ts';

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

/** What a failed attempt comes to: when the job is tried again, null for not at all, and whether the attempt counts. */
export interface EndOfFailure {
  readonly retryAtMs: number | null;
  readonly counted: boolean;
}

/**
 * Decides what becomes of a job that has had `attempts` counted attempts before the one that failed now, by the rule of the error
 * that it met. A full disk does not count.
 */
export function endOfFailure(
  policy: RetryPolicy,
  rule: RetryRule,
  attempts: number,
  nowMs: number,
): EndOfFailure {
  switch (rule) {
    case 'never':
      return { retryAtMs: null, counted: true };
    case 'space':
      return policy.space === null
        ? { retryAtMs: null, counted: true }
        : { retryAtMs: nowMs, counted: false };
    case 'later': {
      const afterMs = policy.delaysMs[attempts];
      return { retryAtMs: afterMs === undefined ? null : nowMs + afterMs, counted: true };
    }
  }
}
