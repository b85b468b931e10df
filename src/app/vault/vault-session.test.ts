import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { type KeychainSecretStore, Vault } from '../../core/vault/vault.ts';
import type { TypedGroup } from './typed-groups.ts';
import { type CurtainEvent, VaultSession, type VaultWork } from './vault-session.ts';

const PASSPHRASE = 'correct horse battery';
const code = (expected: string) => expect.objectContaining({ code: expected });

/** Work that is as busy as the test says. */
class Work implements VaultWork {
  readonly vault: Vault;
  idle = true;
  readonly curtains: CurtainEvent[] = [];

  constructor(vault: Vault) {
    this.vault = vault;
  }

  async isIdle(): Promise<boolean> {
    return this.idle;
  }

  async curtain(event: CurtainEvent): Promise<void> {
    this.curtains.push(event);
  }

  async close(): Promise<void> {
    await this.vault.seal();
  }
}

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

let folder: string;
let keychain: KeychainSecretStore;
let phases: string[];
beforeEach(() => {
  folder = join(temporaryFolder(), 'vault');
  keychain = keychainInMemory();
  phases = [];
});

function sessionOf(
  begin: (vault: Vault) => Promise<Work> = async (vault) => new Work(vault),
): VaultSession<Work> {
  const session: VaultSession<Work> = new VaultSession({
    folder,
    keychain,
    hashingCost: HASHING_FLOOR,
    begin,
    onChange: () => phases.push(session.phase),
  });
  return session;
}

function twoGroups(recoveryKey: string): TypedGroup[] {
  const groups = recoveryKey.split('-');
  return [2, 9].map((index) => ({ index, text: ` ${groups[index]?.toLowerCase()} ` }));
}

async function openSession(): Promise<{ session: VaultSession<Work>; recoveryKey: string }> {
  const session = sessionOf();
  const recoveryKey = await session.begin(PASSPHRASE);
  await session.confirm(twoGroups(recoveryKey));
  return { session, recoveryKey };
}

describe('the first run', () => {
  test('makes nothing before two groups are typed back, then an open vault', async () => {
    const session = sessionOf();
    expect([session.phase, session.vaultExists]).toEqual(['firstRun', false]);
    const recoveryKey = await session.begin(PASSPHRASE);
    expect(session.phase).toBe('confirmKey');
    expect(existsSync(folder)).toBe(false);
    const [first, second] = twoGroups(recoveryKey) as [TypedGroup, TypedGroup];
    await expect(session.confirm([first, { index: 9, text: 'AAAAA' }])).rejects.toEqual(
      new AppError('vault.recoveryKeyMistyped', { group: 10 }),
    );
    await expect(session.confirm([first, first])).rejects.toEqual(code('usage.invalid'));
    expect(existsSync(folder)).toBe(false);
    await session.confirm([second, first]);
    expect(session.phase).toBe('open');
    await session.work.vault.check({ kind: 'recoveryKey', recoveryKey });
    await session.lock('seal');
    expect(phases).toEqual(['confirmKey', 'open', 'locked', 'locked']);
  });

  test('can be given up, and refuses a short passphrase', async () => {
    const session = sessionOf();
    await expect(session.begin('short')).rejects.toEqual(code('vault.passphraseTooShort'));
    await session.begin(PASSPHRASE);
    await session.back();
    expect([session.phase, existsSync(folder)]).toEqual(['firstRun', false]);
    expect(() => session.recoveryKey).toThrow(code('usage.invalid'));
  });

  test('leaves a sealed vault where the work cannot begin', async () => {
    const session = sessionOf(async () => {
      throw new AppError('ffmpeg.missing', {});
    });
    const recoveryKey = await session.begin(PASSPHRASE);
    await expect(session.confirm(twoGroups(recoveryKey))).rejects.toEqual(code('ffmpeg.missing'));
    expect([session.phase, session.vaultExists]).toEqual(['locked', true]);
    const vault = await Vault.open(folder, { kind: 'passphrase', passphrase: PASSPHRASE });
    await vault.seal();
  });
});

describe('locking', () => {
  test('draws a curtain while work runs, and seals when it is done', async () => {
    const { session } = await openSession();
    const { work } = session;
    work.idle = false;
    await session.lock('curtain');
    expect([session.phase, session.isWorkingLocked]).toEqual(['locked', true]);
    expect(work.curtains).toEqual(['drawn']);
    expect(() => session.work).toThrow(code('vault.sealed'));
    expect(session.runningWork).toBe(work);
    await session.sealIfIdle();
    expect(session.isWorkingLocked).toBe(true);
    work.idle = true;
    await session.sealIfIdle();
    expect([session.phase, session.isWorkingLocked, session.runningWork]).toEqual(['locked', false, null]);
    expect(work.vault.keys.database.every((byte) => byte === 0)).toBe(true);
  });

  test('opens the curtain with the passphrase only, and finds the same work behind it', async () => {
    const { session } = await openSession();
    const { work } = session;
    work.idle = false;
    await session.setKeychain(true, PASSPHRASE);
    await session.lock('curtain');
    expect(await session.keychain()).toEqual({ state: 'on', offered: false });
    await expect(session.unlockWithKeychain()).rejects.toEqual(code('vault.credentialNeeded'));
    await session.unlock(PASSPHRASE);
    expect(session.work).toBe(work);
    expect(work.curtains).toEqual(['drawn', 'drawnBack']);
    await session.lock('seal');
  });

  test('seals at once where asked, from behind the curtain too, and where nothing runs', async () => {
    const { session } = await openSession();
    session.work.idle = false;
    await session.lock('curtain');
    await session.lock('seal');
    expect(session.runningWork).toBeNull();
    await session.unlock(PASSPHRASE);
    await session.lock('curtain');
    expect(session.runningWork).toBeNull();
    await session.lock('seal');
    expect(session.phase).toBe('locked');
  });
});

describe('opening', () => {
  test('makes whoever guesses wait, and says how long', async () => {
    const { session } = await openSession();
    await session.lock('seal');
    await expect(session.unlock('wrong passphrase')).rejects.toEqual(code('vault.wrongPassphrase'));
    expect(session.delayMs).toBeGreaterThan(0);
    await expect(session.unlock(PASSPHRASE)).rejects.toEqual(code('vault.waitBeforeTrying'));
    await expect.poll(() => session.delayMs, { timeout: 5000 }).toBe(0);
    await session.unlock(PASSPHRASE);
    expect([session.phase, session.delayMs]).toEqual(['open', 0]);
    await session.lock('seal');
  });

  test('by recovery key changes nothing until two groups of the new one are typed back', async () => {
    const { session, recoveryKey } = await openSession();
    await session.lock('seal');
    const next = 'a second passphrase';
    await session.recover(recoveryKey, next);
    await session.back();
    await session.unlock(PASSPHRASE);
    await session.lock('seal');
    const fresh = await session.recover(recoveryKey, next);
    expect(session.phase).toBe('confirmKey');
    await session.confirm(twoGroups(fresh));
    await session.work.vault.check({ kind: 'recoveryKey', recoveryKey: fresh });
    await session.work.vault.check({ kind: 'passphrase', passphrase: next });
    await expect(session.work.vault.check({ kind: 'recoveryKey', recoveryKey })).rejects.toEqual(
      code('vault.wrongRecoveryKey'),
    );
    await session.lock('seal');
  });

  test('by keychain works at a start, not after locking by hand', async () => {
    const { session } = await openSession();
    await expect(session.setKeychain(true, 'wrong passphrase')).rejects.toEqual(
      code('vault.wrongPassphrase'),
    );
    await session.setKeychain(true, PASSPHRASE);
    await session.lock('seal');
    await expect(session.unlockWithKeychain()).rejects.toEqual(code('vault.credentialNeeded'));
    const nextStart = sessionOf();
    expect(await nextStart.keychain()).toEqual({ state: 'on', offered: true });
    await nextStart.unlockWithKeychain();
    await nextStart.setKeychain(false, PASSPHRASE);
    expect(await nextStart.keychain()).toEqual({ state: 'off', offered: false });
    await nextStart.lock('seal');
  });

  test('by keychain can be asked for when the vault is made; one that fails leaves the vault open', async () => {
    const session = sessionOf();
    await session.confirm(twoGroups(await session.begin(PASSPHRASE, true)));
    expect((await session.keychain()).state).toBe('on');
    await session.lock('seal');
    const nextStart = sessionOf();
    await nextStart.unlockWithKeychain();
    await nextStart.lock('seal');

    folder = join(temporaryFolder(), 'vault');
    keychain = { ...keychain, store: () => Promise.reject(new Error('locked keyring')) };
    const other = sessionOf();
    await expect(other.confirm(twoGroups(await other.begin(PASSPHRASE, true)))).rejects.toThrow('keyring');
    expect([other.phase, (await other.keychain()).state]).toEqual(['open', 'off']);
    await other.lock('seal');
  });

  test('is one step after the other, whatever is asked at once', async () => {
    const { session } = await openSession();
    const steps = [
      session.lock('seal'),
      session.unlock(PASSPHRASE),
      session.lock('curtain'),
      session.unlock(PASSPHRASE),
    ];
    await Promise.all(steps);
    expect(session.phase).toBe('open');
    await session.lock('seal');
    expect(readdirSync(folder)).not.toContain('holder');
  });
});
