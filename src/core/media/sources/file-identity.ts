import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * An identity shared by all names of one file or folder: links of either kind, other case, a mount
 * elsewhere. If a file system has no inode numbers, only the same path is the same.
 */
export function identityOf(path: string, stats: BigIntStats): string {
  if (stats.ino === 0n) return resolve(path);
  // Some network file systems repeat a number: two files are one only if all else agrees.
  const content = stats.isFile() ? `:${stats.size}:${stats.mtimeNs}` : '';
  return `${stats.dev}:${stats.ino}${content}`;
}

/** The same of a path, or null if it cannot be read. */
export async function fileIdentity(path: string): Promise<string | null> {
  try {
    return identityOf(path, await stat(path, { bigint: true }));
  } catch {
    return null;
  }
}
