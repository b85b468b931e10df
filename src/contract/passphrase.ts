/** Fewest characters of a new passphrase. */
export const PASSPHRASE_MINIMUM = 10;

/**
 * A passphrase as it counts: NFKC, so that every keyboard and operating system gives the same, and without blanks around
 * it, which nobody sees and which come along when one is pasted.
 */
export function countedPassphrase(typed: string): string {
  return typed.normalize('NFKC').trim();
}
