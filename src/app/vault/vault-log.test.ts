import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import type { AuditEntry } from '../../core/audit/entry.ts';
import { Database } from '../../core/database/database.ts';
import { addRecording, objectOf } from '../../core/database/testing/test-database.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { type Credential, type KeychainSecretStore, Vault } from '../../core/vault/vault.ts';
import { restoreVault } from '../../core/vault/vault-backup.ts';
import { HEADER_NAME } from '../../core/vault/vault-header.ts';
import { workspaceOf } from '../testing/test-workspace.ts';
import { sealWithLog, VaultLog } from './vault-log.ts';
import { isSound, verifyVault } from './verify-vault.ts';

const PASSPHRASE = 'seven grey horses on a hill';
const NEXT = 'eight grey horses on a hill';
const COST = { hashingCost: HASHING_FLOOR };

let parent: string;
let folder: string;
let key: Credential;
beforeEach(() => {
  parent = temporaryFolder();
  folder = join(parent, 'vault');
});

async function made(): Promise<Vault> {
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase: PASSPHRASE }, COST);
  key = { kind: 'recoveryKey', recoveryKey };
  return vault;
}

const opened = (at = folder, credential = key) => Vault.open(at, credential, COST);

/** Every entry of a closed vault's log, after its chain was checked. */
async function logOf(at = folder, credential = key): Promise<AuditEntry[]> {
  const vault = await opened(at, credential);
  const { database: databaseKey, audit: auditKey } = vault.keys;
  const database = await Database.open({ file: vault.databaseFile, key: databaseKey, auditKey });
  try {
    expect(await database.audit.verify()).toEqual([]);
    return await database.audit.page({ afterSequence: 0, limit: 100 });
  } finally {
    await database.close();
    await vault.seal();
  }
}

const told = (entries: readonly AuditEntry[]) =>
  entries.map(({ action, outcome }) => (outcome === 'done' ? action : `${action} ${outcome}`));

function keychainInMemory(): KeychainSecretStore {
  const secrets = new Map<string, Buffer>();
  return {
    store: async (id, secret) => void secrets.set(id, Buffer.from(secret)),
    retrieve: async (id) => Buffer.from(secrets.get(id) ?? ''),
  };
}

describe('the log of a vault', () => {
  test('tells that it was made, opened with which key, and sealed', async () => {
    await (await workspaceOf(await made())).close();
    await (await workspaceOf(await opened())).close();
    await (await workspaceOf(await opened(folder, { kind: 'passphrase', passphrase: PASSPHRASE }))).close();
    const log = await logOf();
    expect(told(log)).toEqual([
      'vault.created',
      'vault.sealed',
      'vault.opened',
      'vault.sealed',
      'vault.opened',
      'vault.sealed',
    ]);
    const [created, , byKey, , byPassphrase] = log;
    expect(byKey?.subjectId).toBe(created?.detail.recoveryKey);
    expect(byPassphrase?.subjectId).toBe(created?.detail.passphrase);
  });

  test('tells every change of its keys, while it is worked on', async () => {
    const work = await workspaceOf(await made());
    const { vault } = work;
    await vault.changePassphrase(PASSPHRASE, NEXT);
    const credential: Credential = { kind: 'passphrase', passphrase: NEXT };
    await vault.addKeychain(credential, keychainInMemory());
    await vault.removeKeychain();
    await vault.removeKeychain();
    await expect(vault.changePassphrase(PASSPHRASE, NEXT)).rejects.toMatchObject({
      code: 'vault.wrongPassphrase',
    });
    key = { kind: 'recoveryKey', recoveryKey: await vault.newRecoveryKey(credential) };
    await work.close();
    const log = await logOf();
    expect(told(log)).toEqual([
      'vault.created',
      'vault.passphraseChanged',
      'vault.keychainAdded',
      'vault.keychainRemoved',
      'vault.recoveryKeyRenewed',
      'vault.sealed',
    ]);
    expect(log[0]?.detail.passphrase).not.toBe(log[1]?.subjectId);
    expect(JSON.stringify(log)).not.toContain('horses');
  });

  test('tells it of a vault that nothing else works on, as the command line changes it', async () => {
    await sealWithLog(await made());
    const changed = await opened(folder, { kind: 'passphrase', passphrase: PASSPHRASE });
    await changed.changePassphrase(PASSPHRASE, NEXT);
    await sealWithLog(changed);
    if (key.kind !== 'recoveryKey') throw new Error('a recovery key');
    const recovered = await Vault.recover(folder, key.recoveryKey, { passphrase: PASSPHRASE }, COST);
    key = { kind: 'recoveryKey', recoveryKey: recovered.recoveryKey };
    await sealWithLog(recovered.vault);
    expect(told(await logOf())).toEqual([
      'vault.created',
      'vault.sealed',
      'vault.opened',
      'vault.passphraseChanged',
      'vault.sealed',
      'vault.recovered',
      'vault.sealed',
    ]);
  });

  test('tells a change that no entry told of: a killed program’s, or an older header put back', async () => {
    await sealWithLog(await made());
    const header = readFileSync(join(folder, HEADER_NAME));
    const killed = await opened(folder, { kind: 'passphrase', passphrase: PASSPHRASE });
    await killed.changePassphrase(PASSPHRASE, NEXT);
    await killed.seal();
    await sealWithLog(await opened());
    writeFileSync(join(folder, HEADER_NAME), header);
    await sealWithLog(await opened());
    const log = await logOf();
    expect(told(log).slice(2)).toEqual([
      'vault.passphraseChanged interrupted',
      'vault.opened',
      'vault.sealed',
      'vault.passphraseChanged interrupted',
      'vault.opened',
      'vault.sealed',
    ]);
    expect(log[5]?.subjectId).toBe(log[0]?.detail.passphrase);
  });

  test('tells of checks, backups that succeed and fail, and of a copy that is taken into use', async () => {
    const work = await workspaceOf(await made());
    expect(isSound(await verifyVault(work))).toBe(true);
    const backup = join(parent, 'backup');
    await work.app.vault.backUp(backup);
    await expect(work.app.vault.backUp(backup)).rejects.toMatchObject({ code: 'vault.exists' });
    await work.close();
    const restored = join(parent, 'restored');
    await restoreVault(backup, restored);
    for (const at of [restored, restored, folder]) {
      const again = await workspaceOf(await opened(at));
      expect(isSound(await verifyVault(again))).toBe(true);
      await again.close();
    }
    const use = ['vault.opened', 'vault.verified', 'vault.sealed'];
    const original = await logOf();
    expect(told(original)).toEqual([
      'vault.created',
      'vault.verified',
      'vault.backedUp',
      'vault.backedUp failed',
      'vault.sealed',
      ...use,
    ]);
    expect(original[3]?.detail).toEqual({ failure: 'vault.exists' });
    const copy = await logOf(restored);
    expect(told(copy)).toEqual([
      'vault.created',
      'vault.verified',
      'vault.backedUp',
      'vault.restored',
      ...use,
      ...use,
    ]);
    expect(copy[3]?.subjectId).toBe(original[2]?.subjectId);
  });

  test('tells that a check has failed', async () => {
    const work = await workspaceOf(await made());
    const recordingId = await addRecording(work.database);
    await work.database.objects.add({ object: objectOf(recordingId), createdAtMs: 1 });
    expect(isSound(await verifyVault(work))).toBe(false);
    await work.close();
    const entry = (await logOf()).find(({ action }) => action === 'vault.verified');
    expect(entry).toMatchObject({ outcome: 'failed', detail: { objects: 1, faults: 1 } });
  });

  test('goes on in a vault from before it told of itself', async () => {
    const vault = await made();
    const { database: databaseKey, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key: databaseKey, auditKey });
    const old = { atMs: 1, action: 'job.ended', subjectId: null, outcome: 'done', detail: {} } as const;
    await database.audit.append(old);
    await database.close();
    await vault.seal();
    await sealWithLog(await opened());
    expect(told(await logOf())).toEqual(['job.ended', 'vault.opened', 'vault.sealed']);
  });

  test('keeps nobody out where the disk is full, and is made up for when there is room', async () => {
    const vault = await made();
    const { database: databaseKey, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key: databaseKey, auditKey });
    let isFull = true;
    const append: Database['audit']['append'] = async (entry) => {
      if (isFull) throw new AppError('disk.full', { neededBytes: null, freeBytes: null });
      await database.audit.append(entry);
    };
    const log = await VaultLog.begin(vault, { ...database, audit: { ...database.audit, append } });
    await vault.changePassphrase(PASSPHRASE, NEXT);
    isFull = false;
    await log.end();
    await database.close();
    await vault.seal();
    expect(told(await logOf())).toEqual(['vault.created', 'vault.passphraseChanged', 'vault.sealed']);
  });

  test('is none for an ephemeral vault', async () => {
    const work = await workspaceOf(await Vault.createEphemeral(parent));
    await work.log.write('vault.verified');
    expect(await work.database.audit.page({ afterSequence: 0, limit: 9 })).toEqual([]);
    await work.close();
  });
});
