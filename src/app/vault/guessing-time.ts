import { missingCharacters, type PassphraseStrength } from '../../contract/passphrase.ts';
import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';

/**
 * How long guessing a passphrase would take, or null if that is unknown: a failed estimate must not keep a user from a
 * vault, which itself refuses a passphrase that is too short.
 */
export async function guessingTime(passphrase: string): Promise<PassphraseStrength['time'] | null> {
  if (missingCharacters(passphrase) > 0) return null;
  return await passphraseStrength(passphrase).then(
    ({ time }) => time,
    () => null,
  );
}
