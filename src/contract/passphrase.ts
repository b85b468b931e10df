import { AppError } from './errors.ts';
import { z } from './schema.ts';

/** Minimum length of a new passphrase. */
export const PASSPHRASE_MINIMUM = 10;

/**
 * Normalises a passphrase: NFKC, so that every keyboard and operating system yields the same, and trimmed, since
 * surrounding whitespace is invisible and easily pasted.
 */
export function countedPassphrase(typed: string): string {
  return typed.normalize('NFKC').trim();
}

/** How many characters are missing to the minimum. */
export function missingCharacters(typed: string): number {
  return Math.max(0, PASSPHRASE_MINIMUM - [...countedPassphrase(typed)].length);
}

/**
 * Why a new passphrase, typed twice, is refused: `vault.passphraseTooShort`, `vault.passphrasesDiffer`; else null.
 */
export function newPassphraseProblem(first: string, second: string): AppError | null {
  if (missingCharacters(first) > 0) {
    return new AppError('vault.passphraseTooShort', { minimum: PASSPHRASE_MINIMUM });
  }
  if (countedPassphrase(first) === countedPassphrase(second)) return null;
  return new AppError('vault.passphrasesDiffer', {});
}

/** Why most of a passphrase is easy to guess; `own`: words of this program, this computer or the vault's matters. */
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

/** Strength of a passphrase against an attacker with a copy of the vault: an estimate, which ignores personal data. */
export const PassphraseStrength = z.object({
  /** How long guessing takes. */
  time: z.enum(['hours', 'months', 'years', 'centuries']),
  /** Null if there is no particular weakness. */
  weakness: PassphraseWeakness.nullable(),
});
export type PassphraseStrength = z.infer<typeof PassphraseStrength>;
