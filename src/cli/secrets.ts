import { readFile } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';
import { countedPassphrase } from '../contract/passphrase.ts';
import { fileError } from '../core/system-errors.ts';
import { assertKeyFileAway } from '../core/vault/recovery-key.ts';
import type { Credential } from '../core/vault/vault.ts';
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

/** A new passphrase: from a file, else typed twice on the terminal. Throws `vault.passphrasesDiffer`. */
export async function newPassphraseFrom(file: string | undefined): Promise<string> {
  if (file !== undefined) return await readSecret(file);
  const first = await askHidden(SAY.newPassphrase);
  const second = await askHidden(SAY.passphraseAgain);
  if (countedPassphrase(first) !== countedPassphrase(second))
    throw new AppError('vault.passphrasesDiffer', {});
  return first;
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
