import { v7 as newId } from 'uuid';
import { Database } from '../src/core/database/database.ts';
import { Vault } from '../src/core/vault/vault.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Adds recordings to a matter of a closed vault as if they had been imported so many days ago, through its repositories. */
export async function addOldRecordings(
  vaultFolder: string,
  passphrase: string,
  matterName: string,
  recordings: readonly { readonly name: string; readonly daysAgo: number }[],
): Promise<void> {
  await inVault(vaultFolder, passphrase, async (database) => {
    const matter = (await database.matters.list()).find(({ name }) => name === matterName);
    if (matter === undefined) throw new Error(`There is no matter ${matterName}.`);
    for (const { name, daysAgo } of recordings) {
      const recordingId = newId();
      const atMs = Date.now() - daysAgo * DAY_MS;
      await database.recordings.add({
        ...{ id: recordingId, matterId: matter.id, name, sourcePath: `/recordings/${name}` },
        ...{ sourceSizeBytes: 3_840_000, sourceModifiedMs: atMs, trackIndex: 0, createdAtMs: atMs },
        facts: { container: 'wav', claimedDurationMs: 120_000, tracks: [], hasVideo: false, assumed: null },
      });
      await database.recordings.finishImport({
        ...{ recordingId, state: 'ready', sourceSha256: null, layout: 'single', channels: 1 },
        ...{ durationMs: 120_000, original: null, atMs },
      });
    }
  });
}

/** Lets a closed vault look as if its clock had been confirmed so many days ago, and it had not been used since. */
export async function leaveUnused(vaultFolder: string, passphrase: string, days: number): Promise<void> {
  await inVault(vaultFolder, passphrase, (database) =>
    database.audit.append({
      ...{ atMs: Date.now() - days * DAY_MS, action: 'clock.confirmed', subjectId: null },
      ...{ outcome: 'done', detail: {} },
    }),
  );
}

/** The audit log's entries in a closed vault, the newest last: actions alone. */
export async function loggedActions(vaultFolder: string, passphrase: string): Promise<string[]> {
  return await inVault(vaultFolder, passphrase, async (database) => {
    const entries = await database.audit.page({ afterSequence: 0, limit: 1000 });
    return entries.map(({ action }) => action);
  });
}

async function inVault<T>(
  vaultFolder: string,
  passphrase: string,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const vault = await Vault.open(vaultFolder, { kind: 'passphrase', passphrase });
  try {
    const { database: key, audit: auditKey } = vault.keys;
    const database = await Database.open({ file: vault.databaseFile, key, auditKey });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await vault.seal();
  }
}
