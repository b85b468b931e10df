import { type AppError, retryRule } from '../../contract/errors.ts';

/** When a failed attempt is followed by another. */
export interface RetryPolicy {
  /** Waits before the second, third, … attempt; after the last one the job has failed. */
  readonly delaysMs: readonly number[];
  /** How a job that met a full disk waits for room; null fails it. */
  readonly space: SpaceWait | null;
}

/** How room on a full disk is waited for. */
export interface SpaceWait {
  /** Time between two looks. */
  readonly pollMs: number;
  /** Bytes that must be free before it is worth trying again. */
  readonly neededBytes: number;
}

/** For a program that stays open: three attempts, five and twenty-five minutes apart. */
export const PATIENT: RetryPolicy = {
  delaysMs: [5 * 60_000, 25 * 60_000],
  space: { pollMs: 2_000, neededBytes: 32 * 1024 * 1024 },
};

/** For a command that someone waits for: once more, at once. */
export const PROMPT: RetryPolicy = { delaysMs: [0], space: null };

/** What becomes of a job after a failed attempt. */
export type NextStep =
  | { readonly step: 'fail' }
  | { readonly step: 'retry'; readonly afterMs: number }
  /** A full disk is nobody's failed attempt. */
  | { readonly step: 'waitForSpace' };

/** Decides what becomes of a job whose attempt number `attempt` (from 1) met `error`. */
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
