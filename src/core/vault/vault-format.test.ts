import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import type { SealedObject } from './object-store.ts';
import { type Credential, Vault } from './vault.ts';

/** A vault as version 1 of the format wrote it. It must open for ever: never regenerate it to make a test pass. */
const HEADER = {
  format: 'voicesync-vault',
  version: 1,
  id: '01a1f88b-1300-7610-8d77-fbb6753f749a',
  created: '2026-11-20T10:40:26.369Z',
  slots: [
    {
      id: '01a1f88b-1301-768c-a819-0dae7cbcbd22',
      kind: 'passphrase',
      parameters: {
        algorithm: 'argon2id',
        memoryKiB: 65536,
        iterations: 3,
        parallelism: 4,
        salt: 'c7ab40cc3079cc907668c0032e5d6317636fbcc64acefa065c87f7cdbe74a6da',
      },
      wrappedKey:
        'eaab0c238099fceb1ac6b88b41fae94f67947b0dbcae60ab2136759e33267dc21772cd049fbee3af09bfbd1abda3adff60b8876d85963da485ea4dd2',
    },
    {
      id: '01a1f88b-13ae-7585-8277-6128b053c9b5',
      kind: 'recoveryKey',
      parameters: {
        algorithm: 'hkdf-sha256',
        salt: 'a6819cf3cd0371cba9c5b6dc8246fa74661b1f7a32622103cf358fd0c00ec72e',
      },
      wrappedKey:
        '4defec7307bc230753d11950c578af170aa39d50c6d8c2bfc606d8b5e88e7eabd430edc83f2ea89e3b28c5a4695847115ade382e9140b73c11f55ba9',
    },
  ],
};
const RECOVERY_KEY = 'JZHNT-ZDHRZ-TGTKS-BRGF1-3CE9F-H8AE9-VGMY4-A9XVF-EX3RN-PM8RJ-Q0BRF-V87VQ-ZEM0D';
const OBJECT: SealedObject = {
  id: '01a1f88b-13b1-757e-8ad6-0623888b8fa9',
  recordingId: 'recording-1',
  kind: 'part',
  version: 7,
  epoch: 1,
  wrappedKey: Buffer.from(
    '2c294f70655e61bb0c53b443ed5ea709defec0bcd055c0a29bb99918d7b7aaeb9b9b6f501faf650edbf994aace7a214d084bd29976c098876ccdb77f',
    'hex',
  ),
  sizeBytes: 51,
  chunkCount: 1,
};
const SEALED = Buffer.from(
  '56534f424a454354000000010001000084f4098ec157fc6b7c2936fcf94da6320e6e1b1f6c7fa8423aea54144ca980c44cf41f6cd95cb7000000000000000000' +
    '5448864429da833e4d685fd30d5cc35f089be21c3c4f1db39e883c43efc92d7a' +
    '458a148cd2d5adaaba73afd0ff66690a8e78b97bc6bfac6292d202c321d017fb2ed7cc28d6921aae8eabcbba9c86436bb05d7e2bc6f18a5e7218d143fa7e8f7cda11af',
  'hex',
);

test.each<Credential>([
  { kind: 'passphrase', passphrase: 'correct horse battery' },
  { kind: 'recoveryKey', recoveryKey: RECOVERY_KEY },
])('a vault of version 1 opens with its $kind, with the same keys and words', async (credential) => {
  const folder = temporaryFolder();
  const shelf = join(folder, 'objects', OBJECT.id.slice(-2));
  mkdirSync(shelf, { recursive: true });
  writeFileSync(join(folder, 'vault.json'), JSON.stringify(HEADER));
  writeFileSync(join(shelf, OBJECT.id), SEALED);

  const vault = await Vault.open(folder, credential);
  expect(vault.keys.database.toString('hex')).toBe(
    'cd8940cbdb3ba3915a0f4b05258eee1ed86786031c7221b759d97c51093da998',
  );
  expect(vault.keys.audit.toString('hex')).toBe(
    '14cd134e7763df65eccb4519278d7ecce4733a544ea56c73e4c235f2a21f5dc3',
  );
  const reader = await vault.objects.openReader(OBJECT);
  expect((await reader.read(0, 100)).toString()).toBe('These words were sealed by version 1 of the format.');
  await vault.seal();
});
