import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeepingProgress } from '../../contract/vault-check.ts';
import { openTestVault, PASSPHRASE } from '../testing/open-test-vault.ts';
import { VaultMoves } from './vault-moves.ts';

test('an open vault is sealed, moved and opened again, and its log tells of it; a move can be broken off', async () => {
  await using vault = await openTestVault(() => {
    throw new Error('nothing is transcribed here');
  });
  const { session, folder, vaultFolder } = vault;
  const progress: KeepingProgress[] = [];
  let onEnd: () => void = () => undefined;
  const moves = new VaultMoves(session, { onProgress: (one) => progress.push(one), onEnd: () => onEnd() });
  const ended = () =>
    new Promise<void>((resolve) => {
      onEnd = resolve;
    });
  const to = join(folder, 'disk', 'vault');

  await moves.plan(to);
  moves.begin();
  await moves.stop();
  expect(moves.moved).toMatchObject({ how: 'stopped', from: vaultFolder, to });
  expect(session).toMatchObject({ phase: 'locked', folder: vaultFolder });
  expect(existsSync(to)).toBe(false);

  await session.unlock(PASSPHRASE);
  await moves.plan(to);
  const end = ended();
  moves.begin();
  await expect.poll(() => session.phase).toBe('moving');
  expect(moves.moving).toEqual({ from: vaultFolder, to });
  await expect(session.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'vault.credentialNeeded' });
  await end;
  expect(moves.moved).toMatchObject({ how: 'moved', failure: null });
  expect(session).toMatchObject({ phase: 'locked', folder: to });
  expect(existsSync(vaultFolder)).toBe(false);
  expect(progress.length).toBeGreaterThan(0);

  await session.unlock(PASSPHRASE);
  expect(await session.work.services.database.audit.last(['vault.moved'])).not.toBeNull();
});
