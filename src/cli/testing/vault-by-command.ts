import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Database } from '../../core/database/database.ts';
import { Vault } from '../../core/vault/vault.ts';
import { called } from './called-command.ts';
import type { CliHome } from './cli-home.ts';

/** Arguments that open the vault that `makeVaultByCommand` makes. */
export const OPEN = ['--vault', 'vault', '--recovery-key-file', 'away/key.txt'];

/** Makes a vault by the command, with its recovery key in a file. */
export async function makeVaultByCommand(home: CliHome): Promise<void> {
  home.write('pass.txt', 'correct horse battery\n');
  home.write('away/.keep', '');
  const init = ['vault', 'init', 'vault', '--passphrase-file', 'pass.txt', '--save-recovery-key'];
  expect((await called(home, [...init, 'away/key.txt'])).status).toBe(0);
}

/** Works in the database of that vault, between two commands. */
export async function inDatabase<T>(home: CliHome, work: (database: Database) => Promise<T>): Promise<T> {
  const recoveryKey = readFileSync(home.path('away', 'key.txt'), 'utf8').trim().split('\n').at(-1) ?? '';
  const vault = await Vault.open(home.path('vault'), { kind: 'recoveryKey', recoveryKey });
  const { database: key, audit: auditKey } = vault.keys;
  const database = await Database.open({ file: vault.databaseFile, key, auditKey });
  const result = await work(database);
  await database.close();
  await vault.seal();
  return result;
}
