import { existsSync } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { storageError } from '../system-errors.ts';
import { makeFolder, syncFolder } from './durable-files.ts';
import type { SealedObject } from './object-store.ts';
import { assertNotSynced } from './synced-folder.ts';
import type { Vault } from './vault.ts';
import {
  DATABASE_NAME,
  HEAD_NAME,
  isWithin,
  OBJECTS_NAME,
  prepareNewFolder,
  resolveLinks,
} from './vault-folder.ts';
import { HEADER_NAME, readHeader } from './vault-header.ts';
import { LOCK_NAME, VaultLock } from './vault-lock.ts';
import { type CopyWatch, copyIfPresent, copyShelves, copyVerified } from './verified-copy.ts';

/** What the database passes to a backup. */
export interface BackupContents {
  /** Writes a whole, still encrypted copy of the database to a file that does not exist yet. */
  copyDatabase(file: string): Promise<void>;
  /** The records of all objects of the backup. */
  listObjects(): Promise<readonly SealedObject[]>;
}

/** Progress and cancellation of a backup. */
export interface BackupWatch {
  /** Called after each object. */
  readonly onProgress?: (done: number, total: number) => void;
  /** On abort the copy is deleted and the signal's reason thrown. */
  readonly signal?: AbortSignal;
}

/** What was copied. */
export interface CopiedVault {
  readonly objectCount: number;
}

/**
 * Copies an open vault, as sealed, into a new or empty folder; every object is read back from the copy and verified.
 * Recordings imported meanwhile may be missing in the copy; nothing may be erased. The header is copied last: an
 * interrupted backup leaves no vault. After a failure the copy is deleted. The backup opens with the credentials of
 * this moment, also after later changes. The target may be a synced or network folder: all that is copied is sealed.
 * Throws `vault.exists`, `vault.notEmpty`, `folder.notWritable`, `object.missing`, `object.damaged`, `disk.full`,
 * `disk.failed`.
 */
export async function backupVault(
  vault: Vault,
  targetFolder: string,
  contents: BackupContents,
  { onProgress, signal }: BackupWatch = {},
): Promise<CopiedVault> {
  if (vault.isEphemeral) throw new Error('an ephemeral vault cannot be backed up: its key is kept nowhere');
  return await copyInto(vault.folder, targetFolder, async (target) => {
    // The head first: a log may continue after its head, never end before it.
    await copyIfPresent(vault.headFile, join(target, HEAD_NAME));
    await contents.copyDatabase(join(target, DATABASE_NAME));
    await syncFile(join(target, DATABASE_NAME));
    // Listed after it: no object of the copied database may be missing.
    const objects = await contents.listObjects();
    for (const [index, object] of objects.entries()) {
      signal?.throwIfAborted();
      await vault.objects.copy(object, join(target, OBJECTS_NAME));
      onProgress?.(index + 1, objects.length);
    }
    signal?.throwIfAborted();
    return objects.length;
  });
}

/**
 * Copies a backup, or any vault that is not in use, into a new or empty folder, and compares every copied file with its
 * source. It needs no credential and so proves nothing about the contents: open the restored vault and verify it.
 * Throws `vault.notFound`, `vault.notAVault`, `vault.newer`, `vault.damaged`, `vault.inUse`, `vault.syncedFolder`, and
 * what `backupVault` throws.
 */
export async function restoreVault(
  backupFolder: string,
  targetFolder: string,
  watch: CopyWatch = {},
): Promise<CopiedVault> {
  const backup = resolve(backupFolder);
  await readHeader(backup);
  if (!existsSync(join(backup, DATABASE_NAME))) throw new AppError('vault.damaged', {});
  await assertNotSynced(targetFolder);
  // A backup has no lock file; a folder that has one was a vault in use, and may still be.
  const lock = existsSync(join(backup, LOCK_NAME)) ? VaultLock.acquire(backup, 'restore') : null;
  try {
    return await copyInto(backup, targetFolder, async (target) => {
      for (const name of [DATABASE_NAME, `${DATABASE_NAME}-wal`, HEAD_NAME]) {
        await copyIfPresent(join(backup, name), join(target, name), watch);
      }
      return await copyShelves(join(backup, OBJECTS_NAME), join(target, OBJECTS_NAME), watch);
    });
  } finally {
    lock?.release();
  }
}

/** Prepares the target, lets `copyContents` fill it, and ends with the header; on failure empties the target. */
async function copyInto(
  source: string,
  targetFolder: string,
  copyContents: (target: string) => Promise<number>,
): Promise<CopiedVault> {
  const target = resolve(targetFolder);
  if (isWithin(await resolveLinks(source), await resolveLinks(target))) {
    throw new AppError('vault.notEmpty', { folder: target });
  }
  await prepareNewFolder(target);
  try {
    await makeFolder(join(target, OBJECTS_NAME));
    const objectCount = await copyContents(target);
    await syncFolder(target);
    await copyVerified(join(source, HEADER_NAME), join(target, HEADER_NAME));
    await syncFolder(target);
    return { objectCount };
  } catch (error) {
    await removeContents(target);
    throw storageError(error);
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeContents(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
  await syncFolder(dirname(folder));
}
