import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from '../files/testing/temporary-folder.ts';
import { HASHING_CEILING, HASHING_FLOOR } from './passphrase.ts';
import { generateRecoveryKey } from './recovery-key.ts';
import { type KeychainSecretStore, Vault } from './vault.ts';
import type { VaultHeader } from './vault-header.ts';

const PASSPHRASE = 'correct horse battery';
const options = { hashingCost: HASHING_FLOOR };
const identity = { recordingId: 'r', kind: 'part', version: 1 } as const;
const passphrase = (text: string) => ({ kind: 'passphrase', passphrase: text }) as const;
const code = (expected: string) => expect.objectContaining({ code: expected });

async function newVault(folder: string) {
  return await Vault.create(folder, { passphrase: PASSPHRASE }, options);
}

function readJson(folder: string): VaultHeader {
  return JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as VaultHeader;
}

function editHeader(folder: string, edit: (header: VaultHeader) => void): void {
  const header = readJson(folder);
  edit(header);
  writeFileSync(join(folder, 'vault.json'), JSON.stringify(header));
}

/** Replaces the operating system's keychain, which only Electron reaches; keeps its secrets in a map. */
function keychainInMemory(): KeychainSecretStore {
  const secrets = new Map<string, Buffer>();
  return {
    store: async (id, secret) => void secrets.set(id, Buffer.from(secret)),
    retrieve: async (id) => {
      const secret = secrets.get(id);
      return secret === undefined ? null : Buffer.from(secret);
    },
  };
}

describe('a vault', () => {
  test('is made, sealed and opened again with the same keys, by passphrase and by recovery key', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const { vault, recoveryKey } = await newVault(folder);
    const keys = [Buffer.from(vault.keys.database), Buffer.from(vault.keys.audit)];
    const writer = await vault.objects.createWriter(identity);
    await writer.write(Buffer.from('words'));
    const object = await writer.commit();
    await vault.seal();

    for (const credential of [passphrase(PASSPHRASE), { kind: 'recoveryKey', recoveryKey } as const]) {
      const again = await Vault.open(folder, credential);
      expect([again.id, again.keys.database, again.keys.audit]).toEqual([vault.id, ...keys]);
      const reader = await again.objects.openReader(object);
      expect((await reader.read(0, 100)).toString()).toBe('words');
      await again.seal();
    }
  });

  test('is made and recovered with recovery keys that were shown before', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const [first, second] = [generateRecoveryKey(), generateRecoveryKey()];
    const made = await Vault.create(folder, { passphrase: PASSPHRASE }, { ...options, recoveryKey: first });
    expect(made.recoveryKey).toBe(first);
    await made.vault.check({ kind: 'recoveryKey', recoveryKey: first });
    await expect(made.vault.check(passphrase('another passphrase'))).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    await made.vault.seal();

    const next = { passphrase: 'a second passphrase' };
    const { vault } = await Vault.recover(folder, first, next, { ...options, recoveryKey: second });
    await vault.check(passphrase(next.passphrase));
    await vault.check({ kind: 'recoveryKey', recoveryKey: second });
    await expect(vault.check({ kind: 'recoveryKey', recoveryKey: first })).rejects.toEqual(
      code('vault.wrongRecoveryKey'),
    );
    await vault.seal();
  });

  test('keeps its files from other users of the machine', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const { vault } = await newVault(folder);
    const writer = await vault.objects.createWriter(identity);
    await writer.commit();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of filesBelow(folder)) expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600]);
    await vault.seal();
  });

  test('zeroes its keys when sealed, and does nothing more', async () => {
    const { vault } = await newVault(join(temporaryFolder(), 'vault'));
    const writer = await vault.objects.createWriter(identity);
    const object = await writer.commit();
    const reader = await vault.objects.openReader(object);
    const open = await vault.objects.createWriter(identity);
    await open.write(Buffer.alloc(10));
    await vault.seal();
    await vault.seal();
    expect(vault.keys.database.equals(Buffer.alloc(32))).toBe(true);
    expect(vault.keys.audit.equals(Buffer.alloc(32))).toBe(true);
    await expect(reader.read(0, 1)).rejects.toEqual(code('vault.sealed'));
    await expect(vault.objects.createWriter(identity)).rejects.toEqual(code('vault.sealed'));
    await expect(vault.objects.openReader(object)).rejects.toEqual(code('vault.sealed'));
    await expect(vault.changePassphrase(PASSPHRASE, 'another passphrase')).rejects.toEqual(
      code('vault.sealed'),
    );
    expect(filesBelow(join(vault.folder, 'incoming'))).toEqual([]);
  });

  test('refuses a wrong passphrase and another vault’s recovery key, and is free afterwards', async () => {
    const parent = temporaryFolder();
    const { vault } = await newVault(join(parent, 'a'));
    const other = await newVault(join(parent, 'b'));
    await vault.seal();
    await other.vault.seal();
    await expect(Vault.open(vault.folder, passphrase('wrong horse battery'))).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    const { recoveryKey } = other;
    await expect(Vault.open(vault.folder, { kind: 'recoveryKey', recoveryKey })).rejects.toEqual(
      code('vault.wrongRecoveryKey'),
    );
    await (await Vault.open(vault.folder, passphrase(PASSPHRASE))).seal();
  });

  test('opens with any spelling of the same letters', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const { vault } = await Vault.create(folder, { passphrase: 'contraseña ﬁrme' }, options);
    await vault.seal();
    await (await Vault.open(folder, passphrase('contrasen\u0303a firme'))).seal();
  });

  test('takes a passphrase without the blanks around it, which come along when one is pasted', async () => {
    const folder = join(temporaryFolder(), 'vault');
    const { vault } = await Vault.create(folder, { passphrase: 'correct horse battery \n' }, options);
    await vault.seal();
    await (await Vault.open(folder, passphrase(' correct horse battery'))).seal();
  });

  test('wants a passphrase of ten characters', async () => {
    const folder = join(temporaryFolder(), 'vault');
    await expect(Vault.create(folder, { passphrase: 'nine char   ' }, options)).rejects.toEqual(
      code('vault.passphraseTooShort'),
    );
    expect(existsSync(folder)).toBe(false);
    const { vault } = await newVault(folder);
    await expect(vault.changePassphrase(PASSPHRASE, 'nine char')).rejects.toEqual(
      code('vault.passphraseTooShort'),
    );
    await vault.seal();
  });

  test('changes its passphrase', async () => {
    const { vault } = await newVault(join(temporaryFolder(), 'vault'));
    await expect(vault.changePassphrase('not the passphrase', 'a new passphrase')).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    await vault.changePassphrase(PASSPHRASE, 'a new passphrase');
    await vault.seal();
    await expect(Vault.open(vault.folder, passphrase(PASSPHRASE))).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    await (await Vault.open(vault.folder, passphrase('a new passphrase'))).seal();
  });

  test('recovery replaces passphrase and recovery key at once', async () => {
    const { vault, recoveryKey } = await newVault(join(temporaryFolder(), 'vault'));
    await vault.seal();
    const recovered = await Vault.recover(
      vault.folder,
      recoveryKey,
      { passphrase: 'a new passphrase' },
      options,
    );
    await recovered.vault.seal();
    await expect(Vault.open(vault.folder, passphrase(PASSPHRASE))).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    await expect(Vault.open(vault.folder, { kind: 'recoveryKey', recoveryKey })).rejects.toEqual(
      code('vault.wrongRecoveryKey'),
    );
    await (await Vault.open(vault.folder, passphrase('a new passphrase'))).seal();
    const fresh = { kind: 'recoveryKey', recoveryKey: recovered.recoveryKey } as const;
    await (await Vault.open(vault.folder, fresh)).seal();
  });

  test('gives a new recovery key, which ends the old one', async () => {
    const { vault, recoveryKey } = await newVault(join(temporaryFolder(), 'vault'));
    const next = await vault.newRecoveryKey(passphrase(PASSPHRASE));
    await vault.seal();
    await expect(Vault.open(vault.folder, { kind: 'recoveryKey', recoveryKey })).rejects.toEqual(
      code('vault.wrongRecoveryKey'),
    );
    await (await Vault.open(vault.folder, { kind: 'recoveryKey', recoveryKey: next })).seal();
  });

  test('recovery ends what a keychain could open', async () => {
    const keychain = keychainInMemory();
    const { vault, recoveryKey } = await newVault(join(temporaryFolder(), 'vault'));
    await vault.addKeychain(passphrase(PASSPHRASE), keychain);
    await vault.seal();
    await (await Vault.open(vault.folder, { kind: 'keychain', keychain })).seal();
    const recovered = await Vault.recover(
      vault.folder,
      recoveryKey,
      { passphrase: 'a new passphrase' },
      options,
    );
    await recovered.vault.seal();
    await expect(Vault.open(vault.folder, { kind: 'keychain', keychain })).rejects.toEqual(
      code('vault.credentialNeeded'),
    );
  });

  test('opens with a keychain until its slot is taken away', async () => {
    const keychain = keychainInMemory();
    const { vault } = await newVault(join(temporaryFolder(), 'vault'));
    await vault.addKeychain(passphrase(PASSPHRASE), keychain);
    await vault.seal();
    const opened = await Vault.open(vault.folder, { kind: 'keychain', keychain });
    await opened.removeKeychain();
    await opened.seal();
    await expect(Vault.open(vault.folder, { kind: 'keychain', keychain })).rejects.toEqual(
      code('vault.credentialNeeded'),
    );
    await (await Vault.open(vault.folder, passphrase(PASSPHRASE))).seal();
  });
});

describe('an edited header', () => {
  async function sealedVault(): Promise<string> {
    const { vault } = await newVault(join(temporaryFolder(), 'vault'));
    await vault.seal();
    return vault.folder;
  }
  type PassphraseParameters = { memoryKiB: number; iterations: number; parallelism: number; salt: string };
  function passphraseParameters(header: VaultHeader): PassphraseParameters {
    const slot = header.slots.find((candidate) => candidate.kind === 'passphrase');
    if (slot?.kind !== 'passphrase') throw new Error('no passphrase slot');
    return slot.parameters;
  }

  test.each<[string, Partial<PassphraseParameters>]>([
    ['memory below the floor', { memoryKiB: HASHING_FLOOR.memoryKiB - 1 }],
    ['memory above the ceiling', { memoryKiB: HASHING_CEILING.memoryKiB + 1 }],
    ['memory of nothing', { memoryKiB: 0 }],
    ['fewer passes', { iterations: HASHING_FLOOR.iterations - 1 }],
    ['more passes than the ceiling', { iterations: HASHING_CEILING.iterations + 1 }],
    ['fewer lanes', { parallelism: HASHING_FLOOR.parallelism - 1 }],
    ['more lanes than the ceiling', { parallelism: HASHING_CEILING.parallelism + 1 }],
  ])('with %s is refused before anything is hashed', async (_, change) => {
    const folder = await sealedVault();
    editHeader(folder, (header) => Object.assign(passphraseParameters(header), change));
    await expect(Vault.open(folder, passphrase(PASSPHRASE))).rejects.toEqual(code('vault.damaged'));
  });

  test.each<[string, (header: VaultHeader) => void]>([
    ['raised memory', (header) => Object.assign(passphraseParameters(header), { memoryKiB: 65 * 1024 })],
    ['raised passes', (header) => Object.assign(passphraseParameters(header), { iterations: 4 })],
    ['raised lanes', (header) => Object.assign(passphraseParameters(header), { parallelism: 5 })],
    ['another salt', (header) => Object.assign(passphraseParameters(header), { salt: '00'.repeat(32) })],
    ['another vault id', (header) => Object.assign(header, { id: '01890a5d-ac96-774b-bcce-b302099a8057' })],
    ['another slot id', (header) => Object.assign(header.slots[0] ?? {}, { id: header.slots[1]?.id })],
    ['swapped wrapped keys', (header) => swapWrappedKeys(header)],
  ])('with %s no longer opens', async (_, edit) => {
    const folder = await sealedVault();
    editHeader(folder, edit);
    await expect(Vault.open(folder, passphrase(PASSPHRASE))).rejects.toEqual(code('vault.wrongPassphrase'));
  });

  test('control: one that is only written anew still opens', async () => {
    const folder = await sealedVault();
    editHeader(folder, (header) => header.slots.reverse());
    await (await Vault.open(folder, passphrase(PASSPHRASE))).seal();
  });

  test('with a slot of another vault does not open it', async () => {
    const [a, b] = [await sealedVault(), await sealedVault()];
    editHeader(a, (header) => Object.assign(header, { slots: readJson(b).slots }));
    await expect(Vault.open(a, passphrase(PASSPHRASE))).rejects.toEqual(code('vault.wrongPassphrase'));
  });

  test('that is newer, cut or foreign is told apart', async () => {
    const folder = await sealedVault();
    const whole = readFileSync(join(folder, 'vault.json'), 'utf8');
    const open = (text: string) => {
      writeFileSync(join(folder, 'vault.json'), text);
      return Vault.open(folder, passphrase(PASSPHRASE));
    };
    await expect(open(whole.replace('"version": 1', '"version": 2'))).rejects.toEqual(code('vault.newer'));
    await expect(open(whole.slice(0, -40))).rejects.toEqual(code('vault.damaged'));
    await expect(open('{"name":"something else"}')).rejects.toEqual(code('vault.notAVault'));
    await (await open(whole)).seal();
  });

  function swapWrappedKeys(header: VaultHeader): void {
    const [first, second] = header.slots;
    if (first === undefined || second === undefined) throw new Error('two slots');
    [first.wrappedKey, second.wrappedKey] = [second.wrappedKey, first.wrappedKey];
  }
});

describe('the place of a vault', () => {
  test('is refused where there is a vault, or anything else', async () => {
    const parent = temporaryFolder();
    const { vault } = await newVault(join(parent, 'vault'));
    await expect(newVault(vault.folder)).rejects.toEqual(code('vault.exists'));
    await vault.seal();
    await expect(newVault(vault.folder)).rejects.toEqual(code('vault.exists'));
    await expect(newVault(parent)).rejects.toEqual(code('vault.notEmpty'));
    writeFileSync(join(parent, 'file'), '');
    await expect(newVault(join(parent, 'file'))).rejects.toEqual(code('folder.notWritable'));
    await (await Vault.open(vault.folder, passphrase(PASSPHRASE))).seal();
  });

  test('is taken where making a vault was interrupted before it had a header', async () => {
    const folder = join(temporaryFolder(), 'vault');
    mkdirSync(join(folder, 'objects'), { recursive: true });
    for (const name of ['lock', 'holder', 'vault.json.new']) writeFileSync(join(folder, name), '');
    await (await newVault(folder)).vault.seal();
  });

  test('is not taken where objects have lost their header', async () => {
    const folder = join(temporaryFolder(), 'vault');
    mkdirSync(join(folder, 'objects', 'ab'), { recursive: true });
    await expect(newVault(folder)).rejects.toEqual(code('vault.notEmpty'));
  });

  test('that is none is told apart when opening', async () => {
    const parent = temporaryFolder();
    await expect(Vault.open(join(parent, 'none'), passphrase(PASSPHRASE))).rejects.toEqual(
      code('vault.notFound'),
    );
    await expect(Vault.open(parent, passphrase(PASSPHRASE))).rejects.toEqual(code('vault.notAVault'));
  });

  test('in a synced folder is refused with its service, for new and moved vaults', async () => {
    const parent = join(temporaryFolder(), 'Dropbox');
    await expect(newVault(join(parent, 'vault'))).rejects.toMatchObject({
      code: 'vault.syncedFolder',
      details: { service: 'Dropbox' },
    });
    expect(existsSync(parent)).toBe(false);
    const { vault } = await newVault(join(temporaryFolder(), 'vault'));
    await vault.seal();
    writeFileSync(join(vault.folder, '..', '.nextcloudsync.log'), '');
    await expect(Vault.open(vault.folder, passphrase(PASSPHRASE))).rejects.toMatchObject({
      code: 'vault.syncedFolder',
      details: { service: 'Nextcloud' },
    });
  });
});
