import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../../contract/errors.ts';

/**
 * The path of an input that the user named, absolute. `-` and paths like `/dev/stdin` mean the file that the input was
 * redirected from, so that output beside the recording does not go to `/dev`; `-` stays if there is no such file.
 */
export async function namedPath(name: string): Promise<string> {
  const path = name === STANDARD_INPUT ? '/dev/stdin' : resolve(name);
  if (!/^\/(dev|proc)\//.test(path)) return path;
  try {
    const real = await realpath(path);
    if ((await stat(real)).isFile()) return real;
  } catch {
    // A pipe has no path.
  }
  return name === STANDARD_INPUT ? name : path;
}

const STANDARD_INPUT = '-';

/**
 * Refuses what is no file or folder before any preparation; a missing file is reported when it is read.
 * Errors: `file.pipe`, `file.notRegular`.
 */
export async function requireFile(path: string): Promise<void> {
  if (path === STANDARD_INPUT) throw new AppError('file.pipe', { file: path });
  const stats = await stat(path).catch(() => null);
  if (stats === null) return;
  if (stats.isFIFO() || stats.isSocket()) throw new AppError('file.pipe', { file: path });
  if (!stats.isFile() && !stats.isDirectory()) throw new AppError('file.notRegular', { file: path });
}
