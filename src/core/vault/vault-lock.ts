import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../contract/errors.ts';
import { z } from '../../contract/schema.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';
import { temporaryNameFor } from './durable-files.ts';

/** Name of the lock file in a vault's folder. */
export const LOCK_NAME = 'lock';

/** Name of the file that names the lock's holder; only informative. */
export const HOLDER_NAME = 'holder';

const Holder = z.object({
  pid: z.number().int(),
  host: z.string(),
  since: z.iso.datetime(),
  what: z.string(),
});
type Holder = z.infer<typeof Holder>;

/**
 * The right to use a vault: an exclusive transaction held open on an empty SQLite file, which the operating system ends
 * with the process, even if killed. Nothing else may open the file, not even to read or copy it: a POSIX lock is
 * dropped when its process closes any descriptor of the file.
 */
export class VaultLock {
  readonly #folder: string;
  readonly #database: Database.Database;

  private constructor(folder: string, database: Database.Database) {
    this.#folder = folder;
    this.#database = database;
  }

  /**
   * Acquires the lock at once, for the purpose `what`, or throws `vault.inUse` with its holder. Other errors:
   * `folder.notWritable`, `disk.full`, `disk.failed`, `vault.damaged` if the lock file is something else.
   */
  static acquire(folder: string, what: string): VaultLock {
    let database: Database.Database | null = null;
    try {
      database = new Database(join(folder, LOCK_NAME), { timeout: 0 });
      // No journal: nothing is ever written, and no file may remain beside the lock.
      database.pragma('journal_mode = MEMORY');
      database.exec('BEGIN EXCLUSIVE');
      chmodSync(join(folder, LOCK_NAME), 0o600);
      writeHolder(folder, { pid: process.pid, host: hostname(), since: new Date().toISOString(), what });
      return new VaultLock(folder, database);
    } catch (error) {
      database?.close();
      throw lockError(error, folder);
    }
  }

  /** Releases the lock. Releasing twice does nothing. */
  release(): void {
    if (!this.#database.open) return;
    try {
      removeHolder(this.#folder);
    } finally {
      this.#database.close();
    }
  }
}

function lockError(error: unknown, folder: string): unknown {
  const code = systemErrorCode(error) ?? '';
  if (code.startsWith('SQLITE_BUSY')) return new AppError('vault.inUse', { holder: describeHolder(folder) });
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code === 'EACCES') {
    return new AppError('folder.notWritable', { folder }, { cause: error });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('vault.damaged', {}, { cause: error });
  }
  if (code.startsWith('SQLITE_IOERR')) return new AppError('disk.failed', {}, { cause: error });
  return storageError(error);
}

function writeHolder(folder: string, holder: Holder): void {
  const file = join(folder, HOLDER_NAME);
  try {
    writeFileSync(temporaryNameFor(file), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
    renameSync(temporaryNameFor(file), file);
  } catch {
    // Only informative, and a vault must open on a full disk, so that recordings can be erased.
    removeHolder(folder);
  }
}

function removeHolder(folder: string): void {
  const file = join(folder, HOLDER_NAME);
  for (const name of [file, temporaryNameFor(file)]) rmSync(name, { force: true, recursive: true });
}

/** The lock's holder, for the screen: "process 123 since 14:03". */
function describeHolder(folder: string): string {
  const holder = readHolder(folder);
  if (holder === null) return 'another process';
  const place = holder.host === hostname() ? '' : ` on ${holder.host}`;
  return `process ${holder.pid}${place} since ${localTime(new Date(holder.since), new Date())}`;
}

function readHolder(folder: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(join(folder, HOLDER_NAME), 'utf8')));
  } catch {
    // Only informative: the lock alone decides, and its holder may be writing the file.
    return null;
  }
}

function localTime(time: Date, now: Date): string {
  const clock = time.toTimeString().slice(0, 5);
  return time.toDateString() === now.toDateString() ? clock : `${time.toDateString()} ${clock}`;
}
