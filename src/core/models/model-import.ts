import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { hashWhileReading } from '../files/file-hash.ts';
import { requireSpace } from '../free-space.ts';
import { systemErrorCode } from '../system-errors.ts';
import { makeFolder, syncFolder } from '../vault/durable-files.ts';
import { type ModelFacts, openModelFile, readFacts } from './model-header.ts';
import { modelsFolderError } from './models-folder-file.ts';
import { modelClaimedBy, modelOfHash } from './official-models.ts';

/** How an import is observed and aborted. */
export interface ModelImportOptions {
  readonly signal?: AbortSignal;
  /** Called after each chunk; both figures in bytes. */
  readonly onProgress?: (copiedBytes: number, totalBytes: number) => void;
}

/** A model file as it arrived in the models folder. */
export interface ImportedFile {
  readonly path: string;
  readonly facts: Stats;
  readonly sha256: string;
  readonly model: ModelFacts;
}

const TEMPORARY = /^\.importing-(\d+)-/;

/**
 * Copies a model into `folder`, which is made if need be, hashing it on the way. It is created atomically:
 * a model known by its hash under its official file name, any other under its own, numbered if that is taken.
 * Throws the errors of `readFacts`, before a byte is copied; `model.hashMismatch` (named like a known model, but another
 * content), `folder.dataNotWritable`, `disk.full`, `disk.failed`, the `file.…` errors of reading, and the signal's reason
 * when aborted.
 */
export async function importModelFile(
  source: string,
  folder: string,
  options: ModelImportOptions = {},
): Promise<ImportedFile> {
  await using input = await openModelFile(source);
  const model = await readFacts(input, source);
  const { size } = await input.stat();
  const temporary = join(folder, `.importing-${process.pid}-${randomUUID()}`);
  try {
    await makeFolder(folder);
    await sweepAbandonedCopies(folder);
    await requireSpace(folder, size);
    const sha256 = await copyAndHash(input, source, temporary, size, options);
    const path = join(folder, await fileNameFor(source, sha256, folder));
    await rename(temporary, path);
    await syncFolder(folder);
    return { path, sha256, facts: await stat(path), model };
  } catch (error) {
    await rm(temporary, { force: true });
    throw modelsFolderError(error, folder);
  }
}

async function copyAndHash(
  input: FileHandle,
  source: string,
  target: string,
  totalBytes: number,
  { signal, onProgress }: ModelImportOptions,
): Promise<string> {
  await using output = await open(target, 'wx', 0o600);
  let copiedBytes = 0;
  const sha256 = await hashWhileReading(input, source, async (chunk) => {
    signal?.throwIfAborted();
    await output.writeFile(chunk);
    copiedBytes += chunk.length;
    onProgress?.(copiedBytes, totalBytes);
  });
  await output.sync();
  return sha256;
}

async function fileNameFor(source: string, sha256: string, folder: string): Promise<string> {
  const known = modelOfHash(sha256);
  if (known !== null) return known.file;
  const claimed = modelClaimedBy(basename(source));
  if (claimed !== null) throw new AppError('model.hashMismatch', { file: source, model: claimed.name });
  // Hidden files are not listed, and files with other extensions are not models.
  const stem =
    basename(source)
      .replace(/^\.+/, '')
      .replace(/\.bin$/i, '') || 'model';
  return await freeName(folder, stem);
}

async function freeName(folder: string, stem: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? `${stem}.bin` : `${stem}-${number}.bin`;
    if (!taken.has(name) && modelClaimedBy(name) === null) return name;
  }
}

/** Removes partial copies of killed imports; those of running processes are kept. */
async function sweepAbandonedCopies(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const owner = TEMPORARY.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // EPERM: the process exists, but belongs to another user.
    return systemErrorCode(error) === 'EPERM';
  }
}
