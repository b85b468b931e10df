import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { reached } from '../fault-points.ts';
import { systemErrorCode } from '../system-errors.ts';
import { asciiBaseName, shorterBaseName } from './safe-file-name.ts';
import {
  claimed,
  createTemporary,
  exportError,
  removeLeftovers,
  replaced,
  syncedFolder,
  writeAndSync,
} from './whole-file.ts';

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
  const { path: temporary, file } = await createTemporary(folder);
  try {
    await writeAndSync(file, content);
    const path = await giveName(temporary, { ...target, folder }, beforeNaming);
    reached('export.named');
    await syncedFolder(folder);
    return path;
  } catch (error) {
    throw exportError(error, folder);
  } finally {
    // If the folder is gone or broken, its first error is thrown.
    await rm(temporary, { force: true }).catch(() => undefined);
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
