import { AppError } from './errors.ts';
import { z } from './schema.ts';

/** Fewest characters of a new passphrase. */
export const PASSPHRASE_MINIMUM = 10;

/**
 * A passphrase as it counts: NFKC, so that every keyboard and operating system gives the same, and without blanks around
 * it, which nobody sees and which come along when one is pasted.
 */
export function countedPassphrase(typed: string): string {
  return typed.normalize('NFKC').trim();
}

/** How many characters are missing to the minimum. */
export function missingCharacters(typed: string): number {
  return Math.max(0, PASSPHRASE_MINIMUM - [...countedPassphrase(typed)].length);
}

/**
 * Why a new passphrase that was typed twice cannot be taken: `vault.passphraseTooShort`, `vault.passphrasesDiffer`; null where
 * it can.
 */
export function newPassphraseProblem(first: string, second: string): AppError | null {
  if (missingCharacters(first) > 0) {
    return new AppError('vault.passphraseTooShort', { minimum: PASSPHRASE_MINIMUM });
  }
  if (countedPassphrase(first) === countedPassphrase(second)) return null;
  return new AppError('vault.passphrasesDiffer', {});
}

/** What makes most of a passphrase easy to guess; `own` are words of this program, this computer or the vault's matters. */
export const PassphraseWeakness = z.enum([
  'common',
  'phrase',
  'own',
  'word',
  'name',
  'keyboard',
  'repeated',
  'sequence',
  'date',
]);
export type PassphraseWeakness = z.infer<typeof PassphraseWeakness>;

/** How strong a passphrase is against whoever has a copy of the vault: an estimate, which cannot know what is personal. */
export const PassphraseStrength = z.object({
  /** How long guessing takes. */
  time: z.enum(['hours', 'months', 'years', 'centuries']),
  /** Null where nothing in particular is weak. */
  weakness: PassphraseWeakness.nullable(),
});
export type PassphraseStrength = z.infer<typeof PassphraseStrength>;
