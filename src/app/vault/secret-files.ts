import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { saveAs } from '../../core/files/save-as.ts';
import { fileError } from '../../core/system-errors.ts';
import { assertKeyFileAway } from '../../core/vault/recovery-key.ts';
import { prepareDestination } from '../export/destination.ts';

/** A recovery key as written in a file. */
const KEY_SHAPE = /^\s*[0-9a-z]{5}([-\s][0-9a-z]{5}){12}\s*$/i;

/** The passphrase in a file: its first line; a secret never holds a line break, but editors add one. Throws file errors. */
export async function passphraseIn(file: string): Promise<string> {
  return (await linesOf(file))[0] ?? '';
}

/**
 * The recovery key in a file, below any text above it; if no line looks like one, the first line. Throws
 * `vault.keyBesideVault` and file errors.
 */
export async function recoveryKeyIn(file: string, vaultFolder: string): Promise<string> {
  await assertKeyFileAway(file, vaultFolder);
  const lines = await linesOf(file);
  return lines.find((line) => KEY_SHAPE.test(line)) ?? lines[0] ?? '';
}

/**
 * Checks that a recovery key can be written to a file that does not exist, before anything is changed. Throws
 * `vault.keyBesideVault`, `folder.notWritable`, `disk.full`.
 */
export async function prepareKeyFile(file: string, vaultFolder: string): Promise<void> {
  await assertKeyFileAway(file, vaultFolder);
  await prepareDestination(dirname(resolve(file)));
}

/**
 * Writes a recovery key to a file that only the user can read, below `text` if given. Throws what saving throws, also if
 * it exists and is not to be replaced.
 */
export async function writeRecoveryKey(
  file: string,
  recoveryKey: string,
  { text, replace = false }: { readonly text?: string; readonly replace?: boolean } = {},
): Promise<void> {
  const content = `${text === undefined ? '' : `${text}\n\n`}${recoveryKey}\n`;
  await saveAs(file, content, { replace });
}

async function linesOf(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).split(/\r?\n/);
  } catch (error) {
    throw fileError(error, file);
  }
}
