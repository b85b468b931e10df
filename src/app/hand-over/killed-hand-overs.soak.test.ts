import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { FaultPoint } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { killedHandOver } from '../testing/killed-hand-over.ts';
import { addMatter, disposable, leftIn, PASSPHRASE, shown } from '../testing/matter-to-hand-over.ts';
import { makeVault, openWorkspace } from '../testing/test-workspace.ts';
import { isSound } from '../vault/verify-vault.ts';
import { HandOvers } from './hand-overs.ts';

vi.setConfig({ testTimeout: 600_000 });

/** At the beginning, in the middle, with all written but the name, and behind that. */
const PLACES: [FaultPoint, number][] = [
  ['object.chunk', 1],
  ['object.chunk', 30],
  ['object.rename', 1],
  ['object.syncFolder', 1],
];

test('a kill while a matter is handed over leaves the matter whole, and no half file under its name', async () => {
  const folder = temporaryFolder();
  const vault = join(folder, 'vault');
  await makeVault(vault);
  const sender = await openWorkspace(vault);
  const { matterId } = await addMatter(sender);
  const before = await shown(sender, matterId);
  await sender.close();
  for (const [point, times] of PLACES) {
    const file = join(folder, `${point}-${times}.voicesync`);
    await killedHandOver({ vault, matterId, file, point, times });
    await using again = await disposable(openWorkspace(vault));
    expect(await shown(again, matterId), point).toEqual(before);
    expect(isSound(await again.app.vault.verify()), point).toBe(true);
    // What has its name is whole.
    if (!existsSync(file)) continue;
    expect(await again.app.handOvers.receive({ file, passphrase: PASSPHRASE })).toMatchObject({
      recordings: 1,
    });
  }
});

test('a kill while a matter is received leaves nothing of it, and the file as it was', async () => {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, 'from'), join(folder, 'to')];
  await makeVault(from);
  await makeVault(to);
  const sender = await openWorkspace(from);
  const { matterId } = await addMatter(sender);
  const before = await shown(sender, matterId);
  const file = join(folder, 'case.voicesync');
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: true };
  await new HandOvers(sender, {}, HASHING_FLOOR).handOver(order);
  await sender.close();
  const whole = await readFile(file);
  for (const [point, times] of [...PLACES, ['object.syncFolder', 2] as [FaultPoint, number]]) {
    await killedHandOver({ vault: to, matterId: null, file, point, times });
    await using receiver = await disposable(openWorkspace(to));
    expect(await leftIn(receiver), `${point} ${times}`).toEqual({ files: 0, matters: 0 });
    expect(isSound(await receiver.app.vault.verify()), point).toBe(true);
    expect((await readFile(file)).equals(whole)).toBe(true);
  }
  await using receiver = await disposable(openWorkspace(to));
  await receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  expect(await shown(receiver, matterId)).toEqual(before);
});
