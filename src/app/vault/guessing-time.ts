import { missingCharacters, type PassphraseStrength } from '../../contract/passphrase.ts';
import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';

/**
 * How long guessing a passphrase would take, or null where that cannot be told: an estimate that fails keeps nobody from a
 * vault, and one that is too short is refused by it.
 */
export async function guessingTime(passphrase: string): Promise<PassphraseStrength['time'] | null> {
  if (missingCharacters(passphrase) > 0) return null;
  return await passphraseStrength(passphrase).then(
    ({ time }) => time,
    () => null,
  );
}
