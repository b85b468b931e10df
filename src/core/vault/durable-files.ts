import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { encodeAssociatedData } from './associated-data.ts';

const HMAC_BYTES = 32;

/** Makes a folder's entries durable. On Windows, where a folder cannot be synced, the file system does so itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Creates a folder (mode 0700), with its parents, unless it exists; new ones are made durable. */
export async function makeFolder(folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (firstMade !== undefined) await syncFolder(dirname(firstMade));
}

/**
 * Replaces a file's content durably (mode 0600): temporary file beside it, fsync, rename, fsync of the folder. At every
 * moment the file holds either all of the old or all of the new content. Errors: `disk.full`, `disk.failed`.
 * @param temporary a name of the process's own, where several may replace the file at once.
 */
export async function replaceFile(
  file: string,
  content: Uint8Array,
  temporary = temporaryNameFor(file),
): Promise<void> {
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true });
    throw storageError(error);
  }
}

/** The name beside `file` under which `replaceFile` prepares new content; may remain after a crash. */
export function temporaryNameFor(file: string): string {
  return `${file}.new`;
}

/**
 * Durably writes a small file that only a holder of `key` can have written: HMAC-SHA-256 over purpose and content (32
 * bytes), then the content, readable. An older file of the same purpose passes too: replay is not detected.
 */
export async function writeAuthenticatedFile(
  file: string,
  key: Uint8Array,
  purpose: string,
  content: Uint8Array,
): Promise<void> {
  await replaceFile(file, Buffer.concat([authenticate(key, purpose, content), content]));
}

/**
 * Reads what `writeAuthenticatedFile` wrote; null if there is no such file. Throws `vault.damaged` if it was altered,
 * or written with another key or for another purpose.
 */
export async function readAuthenticatedFile(
  file: string,
  key: Uint8Array,
  purpose: string,
): Promise<Buffer | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw storageError(error);
  }
  if (bytes.length < HMAC_BYTES) throw new AppError('vault.damaged', {});
  const content = bytes.subarray(HMAC_BYTES);
  if (!timingSafeEqual(authenticate(key, purpose, content), bytes.subarray(0, HMAC_BYTES))) {
    throw new AppError('vault.damaged', {});
  }
  return content;
}

function authenticate(key: Uint8Array, purpose: string, content: Uint8Array): Buffer {
  return createHmac('sha256', key)
    .update(encodeAssociatedData('voicesync file', purpose, content))
    .digest();
}
