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

// What making a vault leaves behind when it is interrupted before the header is there.
const LEFTOVERS = new Set([LOCK_NAME, HOLDER_NAME, HEADER_NAME].flatMap(withTemporary));
const SKELETON = [OBJECTS_NAME, INCOMING_NAME];

/**
 * Makes the folder of a new vault, or takes an empty one. Throws `vault.exists` where there is a vault, `vault.notEmpty`
 * where there is anything else but the remains of an interrupted try, `folder.notWritable`.
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

/** Makes the folders that objects need, unless they are there. Throws `folder.notWritable`. */
export async function makeSkeleton(folder: string): Promise<void> {
  try {
    for (const name of SKELETON) await makeFolder(join(folder, name));
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** Turns the operating system's refusal of a folder into `folder.notWritable`; passes anything else to `storageError`. */
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

/** The real path of what may not exist yet: that of its nearest existing ancestor, and the rest as given. */
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
