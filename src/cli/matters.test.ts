import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { HandOverReport, MatterListing } from './listings/matter-listings.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';
import { inDatabase, makeVaultByCommand, OPEN } from './testing/vault-by-command.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

const NAME = 'Pérez v. Soto';

const inVault = (...args: string[]) => called(home, [...args, ...OPEN]);

beforeAll(async () => {
  await makeVaultByCommand(home);
  home.write('file-pass.txt', 'four blue herons by the lake\n');
  await inDatabase(home, async (database) => {
    const matter = { name: NAME, vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 };
    await database.matters.add({ id: newId(), ...matter });
  });
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
