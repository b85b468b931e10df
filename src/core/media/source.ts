import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import { fileError } from '../system-errors.ts';

/** A source, usually a file, opened once for reading: all its facts are read through this one descriptor. */
export interface Source {
  /** Absolute path with symbolic links resolved. */
  readonly path: string;
  /** File name without its folder. */
  readonly name: string;
  readonly sizeBytes: number;
  /** When the file was last changed, milliseconds since 1970. */
  readonly modifiedMs: number;
  /** The open descriptor, for a child process to inherit; null if it is no file. */
  readonly descriptor: number | null;
  /** Whether more will follow: a capture that goes on. Absent: never. */
  readonly isGrowing?: boolean;
  /**
   * Fills `buffer` from `position` on and returns the bytes read: fewer only at the end. A source that grows is waited
   * for; aborting ends the wait with the signal's reason. Error: `file.readFailed`.
   */
  read(buffer: Uint8Array, position: number, signal?: AbortSignal): Promise<number>;
  /** Whether size and time of change are still those at opening. */
  unchanged(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the regular file at `path` for reading; a symbolic link is followed once, before opening.
 * Errors: `file.notFound`, `file.noPermission`, `file.pipe`, `file.notRegular`, `file.readFailed`, `media.empty`.
 */
export async function openSource(path: string): Promise<Source> {
  try {
    // The target of a link in /dev or /proc may have no path of its own.
    const named = await stat(path);
    if (named.isFIFO() || named.isSocket()) throw new AppError('file.pipe', { file: path });
    // Checked before opening, because opening a device can have side effects.
    if (!named.isFile()) throw new AppError('file.notRegular', { file: path });
    const resolved = await realpath(path);
    if (!(await lstat(resolved)).isFile()) throw new AppError('file.notRegular', { file: path });
    // Between the two calls the file may become a link (refused) or a pipe (would block without O_NONBLOCK).
    const handle = await open(resolved, constants.O_RDONLY | NO_FOLLOW | NON_BLOCKING);
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw new AppError('file.notRegular', { file: path });
      if (stats.size === 0) throw new AppError('media.empty', { file: basename(path) });
      return new OpenSource(resolved, handle, stats);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw fileError(error, path);
  }
}

const BLOCK_BYTES = 256 * 1024;

/** A source from its beginning to its end, in blocks. Aborting ends the wait for what is not there yet. Error: `file.readFailed`. */
export async function* allBytesOf(source: Source, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const block = Buffer.alloc(BLOCK_BYTES);
    const count = await source.read(block, position, signal);
    if (count === 0) return;
    position += count;
    yield block.subarray(0, count);
  }
}

/** What a vault stores of a recording's source file. */
export interface KnownSource {
  readonly sourcePath: string;
  readonly sourceSizeBytes: number;
  readonly sourceModifiedMs: number;
}

/** Whether a file is a recording's source, unchanged since: the same path, size and time of change. */
export function isSameSource(known: KnownSource, source: Source): boolean {
  return known.sourcePath === source.path && isUnchanged(known, source);
}

/** Whether a file still has the size and the time of change of a recording's source. */
export function isUnchanged(known: KnownSource, source: Source): boolean {
  return known.sourceSizeBytes === source.sizeBytes && known.sourceModifiedMs === source.modifiedMs;
}

// Neither flag exists on Windows.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

class OpenSource implements Source {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle, stats: Stats) {
    this.path = path;
    this.name = basename(path);
    this.sizeBytes = stats.size;
    this.modifiedMs = Math.trunc(stats.mtimeMs);
    this.#handle = handle;
  }

  get descriptor(): number {
    return this.#handle.fd;
  }

  async read(buffer: Uint8Array, position: number): Promise<number> {
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.#readOnce(buffer, filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  async #readOnce(buffer: Uint8Array, offset: number, position: number): Promise<{ bytesRead: number }> {
    try {
      return await this.#handle.read(buffer, offset, buffer.length - offset, position);
    } catch (error) {
      throw new AppError('file.readFailed', { file: this.name }, { cause: error });
    }
  }

  async unchanged(): Promise<boolean> {
    const now = await this.#handle.stat();
    return now.size === this.sizeBytes && Math.trunc(now.mtimeMs) === this.modifiedMs;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
