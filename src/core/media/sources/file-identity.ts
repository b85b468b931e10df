import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * What two names of one file or folder have in common, whatever they are: links of either kind, other case, a mount
 * elsewhere. Where a file system numbers nothing, only the same path is the same.
 */
export function identityOf(path: string, stats: BigIntStats): string {
  if (stats.ino === 0n) return resolve(path);
  // Some network file systems give a number twice: two files are one only if all else agrees.
  const content = stats.isFile() ? `:${stats.size}:${stats.mtimeNs}` : '';
  return `${stats.dev}:${stats.ino}${content}`;
}

/** The same of a path, or null where it leads to nothing that can be asked. */
export async function fileIdentity(path: string): Promise<string | null> {
  try {
    return identityOf(path, await stat(path, { bigint: true }));
  } catch {
    return null;
  }
}
