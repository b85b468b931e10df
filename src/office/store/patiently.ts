import { isOfficeError } from '../contract/office-errors.ts';

/** Waits before each further try, in milliseconds: about 25 seconds together, and none so long that much is lost once it is over. */
const DELAYS_MS: readonly number[] = [200, 400, 800, 1600, ...Array.from({ length: 7 }, () => 3200)];

/** Longer than that no answer makes a caller wait, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** Tries again after growing delays, or when the office said, what failed in a passing way; throws the last failure, or the first that does not pass. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  delaysMs: readonly number[] = DELAYS_MS,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const delayMs = delaysMs[tries];
      if (delayMs === undefined || !isPassing(error)) throw error;
      const askedMs = isOfficeError(error) ? (error.retryAfterS ?? 0) * 1000 : 0;
      const waitMs = Math.min(Math.max(delayMs, askedMs), LONGEST_WAIT_MS);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
