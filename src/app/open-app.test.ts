import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../contract/errors.ts';
import { Database } from '../core/database/database.ts';
import { Retention } from './retention/retention.ts';
import { openTestVault, PASSPHRASE } from './testing/open-test-vault.ts';

afterEach(() => vi.restoreAllMocks());

test('an app that cannot begin leaves no database open, and the vault can be opened again', async () => {
  await using vault = await openTestVault();
  const { session } = vault;
  await session.lock('seal');
  const opening = vi.spyOn(Database, 'open');
  vi.spyOn(Retention.prototype, 'begin').mockRejectedValueOnce(new AppError('disk.failed', {}));
  await expect(session.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'disk.failed' });
  const database = await opening.mock.results[0]?.value;
  await expect(database.audit.end()).rejects.toMatchObject({ code: 'vault.sealed' });
  await session.unlock(PASSPHRASE);
  expect(session.phase).toBe('open');
});

test('whatever fails while an app closes, its vault is sealed', async () => {
  await using vault = await openTestVault();
  const { session } = vault;
  const { database } = session.work.services;
  vi.spyOn(session.work.intake, 'end').mockRejectedValueOnce(new AppError('disk.failed', {}));
  await expect(session.lock('seal')).rejects.toMatchObject({ code: 'disk.failed' });
  await expect(database.audit.end()).rejects.toMatchObject({ code: 'vault.sealed' });
  await session.unlock(PASSPHRASE);
  expect(session.phase).toBe('open');
});
