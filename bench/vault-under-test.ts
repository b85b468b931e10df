import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../src/core/database/database.ts';
import type { Job } from '../src/core/database/jobs/jobs.db.ts';
import type { StoredWindow } from '../src/core/database/windows/windows.db.ts';
import { Vault } from '../src/core/vault/vault.ts';
import type { WorkFolder } from './work-folder.ts';

const PASSPHRASE = 'a passphrase for benchmarks alone';

/** A job as stored in the database, with its windows. */
export interface StoredJob {
  readonly job: Job;
  readonly windows: readonly StoredWindow[];
}

/** A vault whose processes are killed. */
export interface VaultUnderTest {
  /** The command line's options that open it. */
  readonly options: readonly string[];
  /** Reads all jobs from a copy of the database, so that only the product recovers from a kill. */
  readJobs(): Promise<StoredJob[]>;
}

/** Makes a vault. */
export async function makeVault(folder: WorkFolder): Promise<VaultUnderTest> {
  const vaultFolder = folder.make('vault');
  const passphraseFile = join(folder.path, 'passphrase');
  writeFileSync(passphraseFile, PASSPHRASE);
  const { vault } = await Vault.create(vaultFolder, { passphrase: PASSPHRASE });
  const key = new Uint8Array(vault.keys.database);
  const { databaseFile } = vault;
  await vault.seal();
  return {
    options: ['--vault', vaultFolder, '--passphrase-file', passphraseFile],
    readJobs: async () => {
      const copy = join(folder.make('copy'), 'database.sqlite');
      for (const suffix of ['', '-wal']) {
        rmSync(`${copy}${suffix}`, { force: true });
        if (existsSync(databaseFile + suffix)) copyFileSync(databaseFile + suffix, copy + suffix);
      }
      rmSync(`${copy}-shm`, { force: true });
      return await readJobs(copy, key);
    },
  };
}

async function readJobs(file: string, key: Uint8Array): Promise<StoredJob[]> {
  const database = await Database.open({ file, key });
  try {
    const jobs = await database.jobs.list();
    return await Promise.all(
      jobs.map(async (job) => ({ job, windows: await database.windows.list(job.id) })),
    );
  } finally {
    await database.close();
  }
}
