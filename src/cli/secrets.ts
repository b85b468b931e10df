import { readFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { countedPassphrase, missingCharacters } from '../contract/passphrase.ts';
import { fileError } from '../core/system-errors.ts';
import { passphraseStrength } from '../core/vault/passphrase-strength.ts';
import { assertKeyFileAway } from '../core/vault/recovery-key.ts';
import type { Credential } from '../core/vault/vault.ts';
import { askHidden } from './prompts.ts';
import type { Terminal } from './terminal.ts';

/** Where the user has put the secret that opens a vault; both null asks on the terminal. */
export interface SecretFiles {
  readonly passphraseFile?: string;
  readonly recoveryKeyFile?: string;
}

/** The credential for a vault: from a file, else typed on the terminal. Throws `vault.credentialNeeded` without either. */
export async function credentialFor(
  terminal: Terminal,
  vaultFolder: string,
  files: SecretFiles,
): Promise<Credential> {
  if (files.recoveryKeyFile !== undefined) {
    await assertKeyFileAway(files.recoveryKeyFile, vaultFolder);
    return { kind: 'recoveryKey', recoveryKey: await readSecret(files.recoveryKeyFile) };
  }
  return {
    kind: 'passphrase',
    passphrase: await passphraseFrom(terminal, files.passphraseFile),
  };
}

/** A passphrase from a file's first line, else typed on the terminal without being shown. */
async function passphraseFrom(terminal: Terminal, file: string | undefined): Promise<string> {
  return file === undefined ? await askHidden(terminal, terminal.say.passphrase) : await readSecret(file);
}

/**
 * A new passphrase: from a file, else typed twice on the terminal; a weak one is called so, and taken. Throws
 * `vault.passphrasesDiffer`.
 */
export async function newPassphraseFrom(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const passphrase = await readSecret(file);
    await tellStrength(terminal, passphrase, 'whereWeak');
    return passphrase;
  }
  const first = await askHidden(terminal, terminal.say.newPassphrase);
  const second = await askHidden(terminal, terminal.say.passphraseAgain);
  if (countedPassphrase(first) !== countedPassphrase(second))
    throw new AppError('vault.passphrasesDiffer', {});
  // Not between the questions: what is typed while nothing asks is echoed by the terminal.
  await tellStrength(terminal, first, 'always');
  return first;
}

async function tellStrength(
  terminal: Terminal,
  passphrase: string,
  when: 'always' | 'whereWeak',
): Promise<void> {
  // One that is too short is refused by the vault.
  if (missingCharacters(passphrase) > 0) return;
  // An estimate that fails keeps nobody from a vault.
  const time = await passphraseStrength(passphrase).then(
    (strength) => strength.time,
    () => null,
  );
  if (time === null) return;
  const isWeak = time === 'hours' || time === 'months';
  if (isWeak || when === 'always') terminal.tell(terminal.say.passphraseStrength[time]);
  if (isWeak) terminal.tell(terminal.say.passphraseAdvice);
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
