import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { HASHING_FLOOR } from '../core/vault/passphrase.ts';
import { Vault } from '../core/vault/vault.ts';
import { VaultPlace } from '../core/vault/vault-place.ts';
import { PlaceListing } from './listings/place-listing.ts';
import { called } from './testing/called-command.ts';
import { CliHome } from './testing/cli-home.ts';

const home = new CliHome();
afterAll(() => home[Symbol.dispose]());

it('moves the vault that the window uses, and tells where it lies then', async () => {
  const place = new VaultPlace(home.path('home', 'vault'));
  const { vault } = await Vault.create(
    place.usual,
    { passphrase: 'correct horse battery' },
    { hashingCost: HASHING_FLOOR },
  );
  await vault.seal();
  const refused = await called(home, ['vault', 'move', join(place.usual, 'deeper')]);
  expect(refused).toMatchObject({ status: 1 });
  expect(refused.stderr).toContain('is inside the vault');
  const to = home.path('disk', 'vault');
  const moved = await called(home, ['vault', 'move', to]);
  expect(moved).toMatchObject({ status: 0 });
  expect(moved.stdout).toContain(to);
  expect(place.folder).toBe(to);
  expect(existsSync(place.usual)).toBe(false);

  const { stdout, status } = await called(home, ['vault', 'where', '--json']);
  expect(status).toBe(0);
  const { places } = PlaceListing.parse(JSON.parse(stdout));
  const [there] = places;
  expect(there).toMatchObject({ place: 'vault', path: to, isThere: true, isEncrypted: true });
  expect(there?.parts.find(({ part }) => part === 'keys')?.files).toBeGreaterThan(0);
  const told = await called(home, ['vault', 'where']);
  expect(told.stdout).toContain(to);
});
