import { readFileSync } from 'node:fs';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Database } from '../core/database/database.ts';
import { Vault } from '../core/vault/vault.ts';
import { HandOverReport, MatterListing } from './listings/matter-listings.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

const NAME = 'Pérez v. Soto';

const inVault = (...args: string[]) =>
  called(home, [...args, '--vault', 'vault', '--recovery-key-file', 'away/key.txt']);

beforeAll(async () => {
  home.write('pass.txt', 'correct horse battery\n');
  home.write('file-pass.txt', 'four blue herons by the lake\n');
  home.write('away/.keep', '');
  const init = ['vault', 'init', 'vault', '--passphrase-file', 'pass.txt', '--save-recovery-key'];
  expect((await called(home, [...init, 'away/key.txt'])).status).toBe(0);
  const recoveryKey = readFileSync(home.path('away', 'key.txt'), 'utf8').trim().split('\n').at(-1) ?? '';
  const vault = await Vault.open(home.path('vault'), { kind: 'recoveryKey', recoveryKey });
  const { database: key, audit: auditKey } = vault.keys;
  const database = await Database.open({ file: vault.databaseFile, key, auditKey });
  const matter = { name: NAME, vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 };
  await database.matters.add({ id: newId(), ...matter });
  await database.close();
  await vault.seal();
});

it('hands a matter over and receives it, by a file of its own passphrase', async () => {
  const secret = ['--file-passphrase-file', 'file-pass.txt'];
  const sent = await inVault('matters', 'hand-over', NAME, '--out', 'case', ...secret);
  expect(sent).toMatchObject({ status: 0 });
  expect(sent.stdout).toContain('case.voicesync');
  expect(sent.stderr).toContain('another way than the file');
  const received = await inVault('matters', 'receive', 'case.voicesync', ...secret, '--json');
  expect(HandOverReport.parse(JSON.parse(received.stdout))).toMatchObject({
    name: `${NAME} (2)`,
    recordings: 0,
  });
  const { stdout } = await inVault('matters', 'list', '--json');
  const { matters } = MatterListing.parse(JSON.parse(stdout));
  expect(matters.map(({ name }) => name)).toEqual([`${NAME} (2)`, NAME]);
  const twice = await inVault('matters', 'receive', 'case.voicesync', ...secret);
  expect(twice.status).toBe(1);
  expect(twice.stderr).toContain('received before');
});
