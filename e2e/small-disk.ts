import { spawnSync } from 'node:child_process';
import { closeSync, cpSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const FILLER = 'filler';

/** A disk of its own under a folder, that can be filled and emptied. Needs root, to mount it, and Linux. */
export class SmallDisk {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Moves a folder and its content onto a disk of this size; null if mounting is not permitted. */
  static async under(folder: string, megabytes: number): Promise<SmallDisk | null> {
    const aside = `${folder}.aside`;
    renameSync(folder, aside);
    await mkdir(folder, { mode: 0o700 });
    const mount = ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder];
    const isMounted = spawnSync('mount', mount).status === 0;
    cpSync(aside, folder, { recursive: true });
    rmSync(aside, { recursive: true });
    return isMounted ? new SmallDisk(folder) : null;
  }

  /** Fills the disk to its last byte. */
  fill(): void {
    const file = openSync(join(this.#folder, FILLER), 'a');
    try {
      for (let size = 1024 * 1024; size >= 1; ) {
        if (!appends(file, size)) size = Math.floor(size / 2);
      }
    } finally {
      closeSync(file);
    }
  }

  /** Frees the space. */
  empty(): void {
    rmSync(join(this.#folder, FILLER));
  }

  /** Unmounts the disk; nothing may be using it. */
  unmount(): void {
    const { status, stderr } = spawnSync('umount', [this.#folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`The disk could not be taken away: ${stderr}`);
  }
}

function appends(file: number, size: number): boolean {
  try {
    return writeSync(file, Buffer.alloc(size)) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
