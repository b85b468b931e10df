import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import { reached } from '../fault-points.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';

/** The hidden files of `temporaryIn`. */
const TEMPORARY_NAME = /^\.voicesync-[0-9a-f]{16}\.part$/;

// Nothing is written for this long without a change of its file: one older than this belongs to a program that was killed.
const LEFTOVER_MS = 60 * 60 * 1000;

// Errors of a folder that is not writable, or whose USB stick, share or server is gone.
const GONE_OR_CLOSED = new Set(
  (
    'ENOENT ENOTDIR EACCES EPERM EROFS ESTALE ENODEV ENXIO ENOTCONN ECONNRESET ECONNABORTED EHOSTDOWN EHOSTUNREACH ' +
    'ENETDOWN ENETUNREACH ETIMEDOUT'
  ).split(' '),
);

/** A free name for a hidden file that holds content until it is whole; `removeLeftovers` knows such names. */
export function temporaryIn(folder: string): string {
  return join(folder, `.voicesync-${randomBytes(8).toString('hex')}.part`);
}

/** Removes the hidden files that killed programs left in a folder: what is written into it next calls this first. */
export async function removeLeftovers(folder: string): Promise<void> {
  try {
    const old = Date.now() - LEFTOVER_MS;
    for (const name of await readdir(folder)) {
      if (!TEMPORARY_NAME.test(name)) continue;
      const path = join(folder, name);
      if ((await lstat(path)).mtimeMs < old) await rm(path, { force: true });
    }
  } catch {
    // Cleanup must not fail what is written: whether the folder is writable is checked and reported next.
  }
}

/** A new hidden file (mode 0600) for content that is to get a name in this folder. Errors as of `exportError`. */
export async function createTemporary(folder: string): Promise<{ path: string; file: FileHandle }> {
  const path = temporaryIn(folder);
  try {
    return { path, file: await open(path, 'wx', 0o600) };
  } catch (error) {
    throw exportError(error, folder);
  }
}

/** Writes all of a file, makes it durable and closes it. */
export async function writeAndSync(
  file: FileHandle,
  content: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    reached('export.write');
    for await (const chunk of content) await file.writeFile(chunk);
    reached('export.sync');
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Moves the file to this name unless it is taken; a link, unlike a rename, refuses an existing name by itself. */
export async function claimed(temporary: string, path: string): Promise<boolean> {
  try {
    reached('export.rename');
    await link(temporary, path);
    return true;
  } catch (error) {
    switch (systemErrorCode(error)) {
      case 'EEXIST':
        return false;
      case 'EPERM':
      case 'ENOTSUP':
      case 'EOPNOTSUPP':
      case 'ENOSYS':
      case 'EMLINK':
        return claimedWithoutLinks(temporary, path);
      default:
        throw error;
    }
  }
}

/** For file systems without links (FAT, some network folders): reserves the name with an empty file. */
async function claimedWithoutLinks(temporary: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return true;
}

/** Replaces whatever file or symbolic link has this name; a folder of that name counts as taken. */
export async function replaced(temporary: string, path: string): Promise<boolean> {
  try {
    reached('export.rename');
    await rename(temporary, path);
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'EISDIR' || code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'EACCES' || code === 'EBUSY') {
      if ((await lstat(path).catch(() => null))?.isDirectory()) return false;
      throw new AppError('export.notReplaced', { file: path }, { cause: error });
    }
    throw error;
  }
}

/** Makes a new name in a folder durable, as far as the file system can. */
export async function syncedFolder(folder: string): Promise<void> {
  // Windows has no handle on a folder; there the file system journals the name by itself.
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Some network folders cannot be synced, and a drop folder cannot be opened: the file in it is safe all the same.
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EACCES'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}

/** A refusal of the operating system to write a document into a folder, as the error the user gets; an unforeseen one is `export.failed`. */
export function exportError(error: unknown, folder: string): unknown {
  if (GONE_OR_CLOSED.has(systemErrorCode(error) ?? '')) {
    return new AppError('folder.notWritable', { folder }, { cause: error });
  }
  const known = storageError(error);
  return isAppError(known) ? known : new AppError('export.failed', {}, { cause: error });
}
