import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { claimed, createTemporary, exportError, replaced, syncedFolder, writeAndSync } from './whole-file.ts';

/**
 * Writes a file under just the name that the user has chosen, for this user alone (mode 0600), whole or not at all: until
 * the new content is on the disk, what stood there stays. With `replace: false` a file that is there is an error.
 * Errors: `folder.notWritable`, `disk.full`, `disk.failed`, `export.notReplaced`, `export.failed`.
 */
export async function saveAs(
  file: string,
  content: string | Uint8Array,
  { replace = true }: { readonly replace?: boolean } = {},
): Promise<void> {
  const path = resolve(file);
  const folder = dirname(path);
  const temporary = await createTemporary(folder);
  try {
    await writeAndSync(temporary.file, [Buffer.from(content)]);
    const isNamed = await (replace ? replaced : claimed)(temporary.path, path);
    if (!isNamed) throw new AppError('export.notReplaced', { file: path });
    await syncedFolder(folder);
  } catch (error) {
    throw exportError(error, folder);
  } finally {
    await rm(temporary.path, { force: true }).catch(() => undefined);
  }
}
