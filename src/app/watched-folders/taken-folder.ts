import { lstat, mkdir, rename } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** The subfolder for files that were taken. */
export const TAKEN_FOLDER = 'taken';

/** Moves a file of a watched folder into the subfolder, under a free name; false if that is refused. */
export async function moveToTaken(folder: string, name: string): Promise<boolean> {
  try {
    const target = join(folder, TAKEN_FOLDER);
    await mkdir(target, { recursive: true });
    // A link in its place would lead the file elsewhere.
    if (!(await lstat(target)).isDirectory()) return false;
    const ending = extname(name);
    const stem = name.slice(0, name.length - ending.length);
    for (let number = 1; ; number += 1) {
      const free = join(target, number === 1 ? name : `${stem} ${number}${ending}`);
      if ((await lstat(free).catch(() => null)) !== null) continue;
      await rename(join(folder, name), free);
      return true;
    }
  } catch {
    return false;
  }
}
