import { readdir, realpath, rmdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { makeFolder, temporaryNameFor } from './durable-files.ts';
import { HEADER_NAME } from './vault-header.ts';
import { HOLDER_NAME, LOCK_NAME } from './vault-lock.ts';

/** Name of the encrypted database in a vault's folder. */
export const DATABASE_NAME = 'database.sqlite';

/** Name of the audit log's head in a vault's folder. */
export const HEAD_NAME = 'head';

/** Name of the folder of sealed objects in a vault's folder. */
export const OBJECTS_NAME = 'objects';

/** Name of the folder of sealed temporary files in a vault's folder. */
export const INCOMING_NAME = 'incoming';

// Files that an interrupted creation of a vault leaves before the header exists.
const LEFTOVERS = new Set([LOCK_NAME, HOLDER_NAME, HEADER_NAME].flatMap(withTemporary));
const SKELETON = [OBJECTS_NAME, INCOMING_NAME];

/**
 * Creates the folder of a new vault, or accepts an empty one. Throws `vault.exists` if there is a vault,
 * `vault.notEmpty` if there is anything but the remains of an interrupted try, `folder.notWritable`.
 */
export async function prepareNewFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    const names = new Set(await readdir(folder));
    if (names.has(HEADER_NAME)) throw new AppError('vault.exists', { folder });
    for (const name of names) {
      if (!LEFTOVERS.has(name) && !(await removeIfEmptySkeleton(folder, name))) {
        throw new AppError('vault.notEmpty', { folder });
      }
    }
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** Creates the folders that objects need, unless they exist. Throws `folder.notWritable`. */
export async function makeSkeleton(folder: string): Promise<void> {
  try {
    for (const name of SKELETON) await makeFolder(join(folder, name));
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** Maps the operating system's refusal of a folder to `folder.notWritable`; passes anything else to `storageError`. */
export function folderError(error: unknown, folder: string): unknown {
  switch (systemErrorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EEXIST':
    case 'ENOTDIR':
      return new AppError('folder.notWritable', { folder }, { cause: error });
    default:
      return storageError(error);
  }
}

/** The real path of a path that may not exist yet: of its nearest existing ancestor, and the rest as passed. */
export async function resolveLinks(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || dirname(absolute) === absolute) throw error;
    return join(await resolveLinks(dirname(absolute)), basename(absolute));
  }
}

/** Whether `path` is `folder` itself or something inside it. Both are absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

function withTemporary(name: string): string[] {
  return [name, temporaryNameFor(name)];
}

async function removeIfEmptySkeleton(folder: string, name: string): Promise<boolean> {
  if (!SKELETON.includes(name)) return false;
  try {
    await rmdir(join(folder, name));
    return true;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false;
    throw error;
  }
}
