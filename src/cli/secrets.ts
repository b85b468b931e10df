import { readFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { countedPassphrase, missingCharacters } from '../contract/passphrase.ts';
import { fileError } from '../core/system-errors.ts';
import { passphraseStrength } from '../core/vault/passphrase-strength.ts';
import { assertKeyFileAway } from '../core/vault/recovery-key.ts';
import type { Credential } from '../core/vault/vault.ts';
import { tell } from './output.ts';
import { askHidden } from './prompts.ts';
import { SAY } from './words.ts';

/** Where the user has put the secret that opens a vault; both null asks on the terminal. */
export interface SecretFiles {
  readonly passphraseFile?: string;
  readonly recoveryKeyFile?: string;
}

/** The credential for a vault: from a file, else typed on the terminal. Throws `vault.credentialNeeded` without either. */
export async function credentialFor(vaultFolder: string, files: SecretFiles): Promise<Credential> {
  if (files.recoveryKeyFile !== undefined) {
    await assertKeyFileAway(files.recoveryKeyFile, vaultFolder);
    return { kind: 'recoveryKey', recoveryKey: await readSecret(files.recoveryKeyFile) };
  }
  return {
    kind: 'passphrase',
    passphrase: await passphraseFrom(files.passphraseFile, SAY.passphrase),
  };
}

/** A passphrase from a file's first line, else typed on the terminal without being shown. */
async function passphraseFrom(file: string | undefined, question: string): Promise<string> {
  return file === undefined ? await askHidden(question) : await readSecret(file);
}

/**
 * A new passphrase: from a file, else typed twice on the terminal; a weak one is called so, and taken. Throws
 * `vault.passphrasesDiffer`.
 */
export async function newPassphraseFrom(file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const passphrase = await readSecret(file);
    await tellStrength(passphrase, 'whereWeak');
    return passphrase;
  }
  const first = await askHidden(SAY.newPassphrase);
  const second = await askHidden(SAY.passphraseAgain);
  if (countedPassphrase(first) !== countedPassphrase(second))
    throw new AppError('vault.passphrasesDiffer', {});
  // Not between the questions: what is typed while nothing asks is echoed by the terminal.
  await tellStrength(first, 'always');
  return first;
}

async function tellStrength(passphrase: string, when: 'always' | 'whereWeak'): Promise<void> {
  // One that is too short is refused by the vault.
  if (missingCharacters(passphrase) > 0) return;
  // An estimate that fails keeps nobody from a vault.
  const time = await passphraseStrength(passphrase).then(
    (strength) => strength.time,
    () => null,
  );
  if (time === null) return;
  const isWeak = time === 'hours' || time === 'months';
  if (isWeak || when === 'always') tell(SAY.passphraseStrength[time]);
  if (isWeak) tell(SAY.passphraseAdvice);
}

/** The first line of a file; a secret never holds a line break, but editors add one. */
async function readSecret(file: string): Promise<string> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split(/\r?\n/, 1);
    return line;
  } catch (error) {
    throw fileError(error, file);
  }
}
