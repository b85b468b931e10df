import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

/** How whoever tells of rows waits until what he tells survives a power cut. */
export interface Commits {
  /** Waits until everything that is committed by now is on the disk. Throws what the disk said, for good once it failed. */
  durable(): Promise<void>;
}

/** Of a database whose commits are durable when they return. */
export const DURABLE_AT_ONCE: Commits = { durable: async () => undefined };

/** What a group commit is made of. */
export interface GroupCommitParts {
  /** Counts what was written: grows with every change, never shrinks. */
  readonly written: () => number;
  /** Brings what is committed when it is called to the disk. */
  readonly sync: () => Promise<void>;
  /** Told once that the disk has failed. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Group commit (DeWitt and others, "Implementation techniques for main memory database systems", SIGMOD 1984): commits do not wait for
 * the disk one by one. Before anybody hears of them they are brought there together, one sync at a time; who comes while one is
 * under way shares the next with all others who do. An error is final: the kernel may have marked as clean what it could not
 * write, so that the next sync would succeed without it (https://wiki.postgresql.org/wiki/Fsync_Errors).
 */
export class GroupCommit implements Commits {
  readonly #parts: GroupCommitParts;
  /** How much had been written when the last sync that succeeded began; what opening wrote is not counted, and not synced yet. */
  #synced = -1;
  #running: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;

  constructor(parts: GroupCommitParts) {
    this.#parts = parts;
  }

  async durable(): Promise<void> {
    const wanted = this.#parts.written();
    for (;;) {
      if (this.#failure !== null) throw this.#failure.error;
      if (this.#synced >= wanted) return;
      this.#running ??= this.#sync();
      await this.#running;
    }
  }

  /** Waits for the sync that is under way, if one is; whether it fails is told elsewhere. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #sync(): Promise<void> {
    // What is written from now on may or may not be in this sync.
    const written = this.#parts.written();
    try {
      await this.#parts.sync();
      this.#synced = written;
    } catch (error) {
      this.#failure = { error };
      this.#parts.onFailed(error);
    } finally {
      this.#running = null;
    }
  }
}

/** A file that is brought to the disk in another thread. */
export interface SyncedFile {
  readonly sync: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Opens the write-ahead log of an open database for syncing. SQLite keeps that file as long as a connection is open
 * (https://sqlite.org/walformat.html), and locks others, so that closing it here takes no lock away.
 */
export function openWriteAheadLog(databaseFile: string): SyncedFile {
  const descriptor = openSync(`${databaseFile}-wal`, 'r+');
  return { sync: () => promisify(fdatasync)(descriptor), close: () => closeSync(descriptor) };
}
