/** Waits before each further try, in milliseconds: about 25 seconds together, and none so long that much is lost once it is over. */
const DELAYS_MS: readonly number[] = [200, 400, 800, 1600, ...Array.from({ length: 7 }, () => 3200)];

/** Tries again after growing delays what failed in a passing way; throws the last failure, or the first that does not pass. */
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
      await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  }
}
