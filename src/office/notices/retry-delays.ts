const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];

/** How long after each failed attempt a webhook is sent again: the example of the Standard Webhooks specification 1.0.0. */
export const WEBHOOK_DELAYS_MS: readonly number[] = [
  ...[5 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
];

/** The same of a mail: soon, then every half hour for two days, as RFC 5321 (4.5.4.1) has it for mail that waits. */
export const MAIL_DELAYS_MS: readonly number[] = [
  ...[MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  ...Array.from({ length: 96 }, () => 30 * MINUTE_MS),
];

/** The longest wait that a receiver may ask for. */
const LONGEST_ASKED_MS = 24 * HOUR_MS;

/** By how much of itself a delay is made longer at most, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * When to try again after so many attempts, the failed one among them; null where none is left. `askedMs` is what the receiver
 * asked to wait at least.
 */
export function retryAt(
  delaysMs: readonly number[],
  { attempts, nowMs, askedMs = 0 }: { attempts: number; nowMs: number; askedMs?: number },
  random: () => number = Math.random,
): number | null {
  const delayMs = delaysMs[attempts - 1];
  if (delayMs === undefined) return null;
  return Math.round(nowMs + Math.max(delayMs * (1 + JITTER * random()), Math.min(askedMs, LONGEST_ASKED_MS)));
}
