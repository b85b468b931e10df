import { guessingTime } from '../../app/vault/guessing-time.ts';
import { passphraseIn, recoveryKeyIn } from '../../app/vault/secret-files.ts';
import { newPassphraseProblem } from '../../contract/passphrase.ts';
import { askHidden } from './prompts.ts';
import type { Terminal } from './terminal.ts';

/** Files with the secret that opens a vault; both null: ask on the terminal. */
export interface SecretFiles {
  readonly passphraseFile?: string;
  readonly recoveryKeyFile?: string;
}

/** A credential that can be typed. */
export type TypedCredential =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recoveryKey'; readonly recoveryKey: string };

/** The credential for a vault: from a file, else typed on the terminal. Throws `vault.credentialNeeded` without either. */
export async function credentialFor(
  terminal: Terminal,
  vaultFolder: string,
  files: SecretFiles,
): Promise<TypedCredential> {
  if (files.recoveryKeyFile !== undefined) {
    return { kind: 'recoveryKey', recoveryKey: await recoveryKeyIn(files.recoveryKeyFile, vaultFolder) };
  }
  return {
    kind: 'passphrase',
    passphrase: await passphraseFrom(terminal, files.passphraseFile),
  };
}

/** A passphrase from a file's first line, else typed on the terminal without being shown. */
export async function passphraseFrom(terminal: Terminal, file: string | undefined): Promise<string> {
  return file === undefined
    ? await askHidden(terminal, terminal.say('passphrase'))
    : await passphraseIn(file);
}

/**
 * A new passphrase: from a file, else typed twice on the terminal; a weak one is accepted with a warning. Throws
 * `vault.passphrasesDiffer`, `vault.passphraseTooShort`.
 */
export async function newPassphraseFrom(terminal: Terminal, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const passphrase = await passphraseIn(file);
    await tellStrength(terminal, passphrase, 'whereWeak');
    return passphrase;
  }
  const first = await askHidden(terminal, terminal.say('newPassphrase'));
  const second = await askHidden(terminal, terminal.say('passphraseAgain'));
  const problem = newPassphraseProblem(first, second);
  if (problem !== null) throw problem;
  // Not between the prompts: the terminal echoes what is typed outside of them.
  await tellStrength(terminal, first, 'always');
  return first;
}

async function tellStrength(
  terminal: Terminal,
  passphrase: string,
  when: 'always' | 'whereWeak',
): Promise<void> {
  const time = await guessingTime(passphrase);
  if (time === null) return;
  const isWeak = time === 'hours' || time === 'months';
  if (isWeak || when === 'always') terminal.tell(terminal.say(`passphraseStrength.${time}`));
  if (isWeak) terminal.tell(terminal.say('passphraseAdvice'));
}
