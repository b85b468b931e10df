import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { makeFolder, replaceFile } from '../vault/durable-files.ts';

/** The value in a JSON file beside the models; null where the file is missing or damaged. Throws `folder.dataNotWritable`, `disk.failed`. */
export async function readModelsFile(folder: string, name: string): Promise<unknown> {
  const text = await readFile(join(folder, name), 'utf8').catch((error) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw modelsFolderError(error, folder);
  });
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Replaces a JSON file in a models folder, which is made if need be. Throws `folder.dataNotWritable`, `disk.full`, `disk.failed`. */
export async function writeModelsFile(folder: string, name: string, value: object): Promise<void> {
  try {
    await makeFolder(folder);
    const file = join(folder, name);
    const json = Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
    // Several programs share the folder, as workers of an office that start together do.
    await replaceFile(file, json, `${file}.${process.pid}.new`);
  } catch (error) {
    throw modelsFolderError(error, folder);
  }
}

/** Turns a refusal to write in a models folder into the error the user gets; returns anything else unchanged. */
export function modelsFolderError(error: unknown, folder: string): unknown {
  switch (systemErrorCode(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EEXIST':
    case 'ENOTDIR':
      return new AppError('folder.dataNotWritable', { folder }, { cause: error });
    default:
      return storageError(error);
  }
}
