import { constants, open, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { RECORDING_ENDINGS } from '../../core/media/sources/recording-endings.ts';

/** A file as it lies in a folder. */
export interface FoundFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** What a look into a folder found, or why there is nothing to see. */
export type FolderScan =
  | { readonly state: 'watching'; readonly files: readonly FoundFile[] }
  | { readonly state: 'gone' | 'unreadable' };

/** What else a file must be opened with: a link in the place of a file is not followed, and a pipe does not block. */
const NO_FOLLOW = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The recordings that lie in a folder itself, by their names' endings: no links, nothing hidden, nothing of its subfolders, and
 * nothing that another program keeps from being read. `others` are endings of other files that count as well.
 */
export async function scanWatched(folder: string, others: readonly string[] = []): Promise<FolderScan> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const named = entries.filter((entry) => entry.isFile() && isWanted(entry.name, others));
    const files: FoundFile[] = [];
    for (const { name } of named) {
      const file = await statOf(join(folder, name));
      if (file !== null) files.push({ name, ...file });
    }
    return { state: 'watching', files };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { state: code === 'ENOENT' || code === 'ENOTDIR' ? 'gone' : 'unreadable' };
  }
}

function isWanted(name: string, others: readonly string[]): boolean {
  const ending = extname(name).toLowerCase();
  return !basename(name).startsWith('.') && (RECORDING_ENDINGS.has(ending) || others.includes(ending));
}

/** Of an ordinary file that can be opened now; on Windows one that is still being written often cannot. */
async function statOf(path: string): Promise<Omit<FoundFile, 'name'> | null> {
  try {
    await using file = await open(path, constants.O_RDONLY | NO_FOLLOW);
    const stats = await file.stat();
    return stats.isFile() ? { sizeBytes: stats.size, modifiedMs: Math.trunc(stats.mtimeMs) } : null;
  } catch {
    return null;
  }
}
