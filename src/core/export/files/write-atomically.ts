import { randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError, isAppError } from '../../../contract/errors.ts';
import { reached } from '../../fault-points.ts';
import { storageError, systemErrorCode } from '../../system-errors.ts';
import { asciiBaseName, shorterBaseName } from './safe-file-name.ts';

/** The target of finished content. */
export interface Target {
  readonly folder: string;
  /** A safe file name without extension (`safeBaseName`). */
  readonly baseName: string;
  /** Without the dot. */
  readonly extension: string;
  /** Replace a file of this name; otherwise the name gets a number: `name (2).docx`. */
  readonly overwrite: boolean;
  /** Other names to try for a base name, without extension: the first for 1, and so on; the default is as above. */
  readonly nameOf?: ((baseName: string, number: number) => string) | undefined;
  /** Whether the file of this name must stay although files are replaced; the new one then gets a number. */
  readonly mustStay?: ((path: string) => Promise<boolean>) | undefined;
}

const MOST_NUMBERS = 9999;
const TEMPORARY_NAME = /^\.voicesync-[0-9a-f]{16}\.part$/;
// No export takes this long: a temporary file older than this belongs to one that was killed.
const LEFTOVER_MS = 60 * 60 * 1000;

// Errors of a folder that is not writable, or whose USB stick, share or server is gone.
const GONE_OR_CLOSED = new Set(
  (
    'ENOENT ENOTDIR EACCES EPERM EROFS ESTALE ENODEV ENXIO ENOTCONN ECONNRESET ECONNABORTED EHOSTDOWN EHOSTUNREACH ' +
    'ENETDOWN ENETUNREACH ETIMEDOUT'
  ).split(' '),
);

/**
 * Writes a file whole or not at all, and returns its absolute path once it is safe from a power cut.
 * The content goes to a hidden temporary file in the same folder (mode 0600) that is renamed atomically, so that
 * no reader ever sees half of it. No existing file is ever replaced unless `overwrite` is set; a symbolic link in the
 * target's place is never followed. If the file system refuses the name, a shorter or a plainer one is tried. After any
 * failure before it has its name the folder is as it was before. `beforeNaming` gets each name just before that is
 * tried.
 * Errors: `folder.notWritable`, `disk.full`, `disk.failed`, `export.notReplaced` (the file to replace is held by another
 * program), `export.failed`.
 */
export async function writeAtomically(
  content: readonly Uint8Array[] | AsyncIterable<Uint8Array>,
  target: Target,
  beforeNaming: (path: string) => Promise<void> = async () => undefined,
): Promise<string> {
  const folder = resolve(target.folder);
  await removeLeftovers(folder);
  const temporary = join(folder, `.voicesync-${randomBytes(8).toString('hex')}.part`);
  const file = await createTemporary(temporary, folder);
  try {
    await writeAndSync(file, content);
    const path = await giveName(temporary, { ...target, folder }, beforeNaming);
    reached('export.named');
    await syncFolder(folder);
    return path;
  } catch (error) {
    throw exportError(error, folder);
  } finally {
    // If the folder is gone or broken, its first error is thrown.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A killed export leaves its hidden file behind, which holds a transcript; the next export into the folder removes it. */
async function removeLeftovers(folder: string): Promise<void> {
  try {
    const old = Date.now() - LEFTOVER_MS;
    for (const name of await readdir(folder)) {
      if (!TEMPORARY_NAME.test(name)) continue;
      const path = join(folder, name);
      if ((await lstat(path)).mtimeMs < old) await rm(path, { force: true });
    }
  } catch {
    // Cleanup must not fail the export: whether the folder is writable is checked and reported next.
  }
}

async function createTemporary(path: string, folder: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    throw exportError(error, folder);
  }
}

async function writeAndSync(
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

/** Moves the finished temporary file to its name, or if the file system refuses that, to one that it accepts. */
async function giveName(
  temporary: string,
  target: Target,
  beforeNaming: (path: string) => Promise<void>,
): Promise<string> {
  let { baseName } = target;
  for (;;) {
    try {
      return await giveFreeName(temporary, { ...target, baseName }, beforeNaming);
    } catch (error) {
      const other = otherName(baseName, target.extension, systemErrorCode(error));
      if (other === null) throw error;
      baseName = other;
    }
  }
}

/** A name to try after one that was refused with this error; null if its name is not the reason, or none is left. */
function otherName(baseName: string, extension: string, refusal: string | null): string | null {
  switch (refusal) {
    case 'ENAMETOOLONG':
      return shorterBaseName(baseName, extension);
    // The error of FAT and its variants for characters that they cannot store.
    case 'EINVAL':
    case 'EILSEQ': {
      const ascii = asciiBaseName(baseName);
      return ascii === baseName ? null : ascii;
    }
    default:
      return null;
  }
}

/** Moves the finished temporary file to its name, or to the first numbered one that is free. */
async function giveFreeName(
  temporary: string,
  target: Target,
  beforeNaming: (path: string) => Promise<void>,
): Promise<string> {
  for (let number = 1; number <= MOST_NUMBERS; number++) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const name = target.nameOf?.(target.baseName, number) ?? `${target.baseName}${suffix}`;
    const path = join(target.folder, `${name}.${target.extension}`);
    if (target.overwrite && (await target.mustStay?.(path)) === true) continue;
    await beforeNaming(path);
    const taken = target.overwrite ? !(await replaced(temporary, path)) : !(await claimed(temporary, path));
    if (!taken) return path;
  }
  throw new AppError('export.failed', {});
}

/** Moves the file to this name unless it is taken; a link, unlike a rename, refuses an existing name by itself. */
async function claimed(temporary: string, path: string): Promise<boolean> {
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
async function replaced(temporary: string, path: string): Promise<boolean> {
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

async function syncFolder(folder: string): Promise<void> {
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

function exportError(error: unknown, folder: string): unknown {
  if (GONE_OR_CLOSED.has(systemErrorCode(error) ?? '')) {
    return new AppError('folder.notWritable', { folder }, { cause: error });
  }
  const known = storageError(error);
  return isAppError(known) ? known : new AppError('export.failed', {}, { cause: error });
}
