import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { hashOfFile } from '../files/file-hash.ts';
import { makeFolder, syncFolder } from './durable-files.ts';

/** Progress and cancellation of copying files. */
export interface CopyWatch {
  /** Called with the bytes that were copied since the last call. */
  readonly onBytes?: (bytes: number) => void;
  /** On abort the signal's reason is thrown, within a file too. */
  readonly signal?: AbortSignal;
}

/**
 * Copies a file durably (mode 0600), never over another, and reads the copy again. Throws `disk.failed` if that is not what was
 * read from the source.
 */
export async function copyVerified(
  source: string,
  target: string,
  { onBytes, signal }: CopyWatch = {},
): Promise<void> {
  const hash = createHash('sha256');
  const copy = await open(target, 'wx', 0o600);
  try {
    for await (const bytes of createReadStream(source) as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      hash.update(bytes);
      await copy.writeFile(bytes);
      onBytes?.(bytes.length);
    }
    await copy.sync();
  } finally {
    await copy.close();
  }
  if (hash.digest('hex') !== (await hashOfFile(target, signal))) throw new AppError('disk.failed', {});
}

/** The same for a file that need not be there. */
export async function copyIfPresent(source: string, target: string, watch?: CopyWatch): Promise<void> {
  if (existsSync(source)) await copyVerified(source, target, watch);
}

/** Copies the files in the folders of a folder, with the folders, and returns how many; nothing if it is not there. */
export async function copyShelves(source: string, target: string, watch?: CopyWatch): Promise<number> {
  if (!existsSync(source)) return 0;
  let count = 0;
  for (const shelf of await readdir(source, { withFileTypes: true })) {
    if (!shelf.isDirectory()) continue;
    await makeFolder(join(target, shelf.name));
    for (const entry of await readdir(join(source, shelf.name), { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      await copyVerified(join(source, shelf.name, entry.name), join(target, shelf.name, entry.name), watch);
      count += 1;
    }
    await syncFolder(join(target, shelf.name));
  }
  return count;
}
