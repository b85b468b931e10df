import { existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { databaseError } from './database-error.ts';
import { migrate, refuseNewer } from './migrate.ts';

/** A value that a statement's named parameters take. */
export type SqlValue = string | number | Uint8Array | null;

/** Named parameters of a statement: `@name` in SQL. */
export type SqlParameters = Record<string, SqlValue>;

/** A database that can only be asked. */
export interface ReadableConnection {
  /** The first row, or null. */
  one<Row>(sql: string, parameters?: SqlParameters): Row | null;
  /** All rows. */
  all<Row>(sql: string, parameters?: SqlParameters): Row[];
}

/** A database that can be asked and changed. */
export interface Connection extends ReadableConnection {
  /** Runs one statement that changes rows; gives their count. */
  run(sql: string, parameters?: SqlParameters): number;
  /** Runs `work` in one transaction: all of it is kept or, when it throws, nothing. Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  /** Runs `task` once the open transaction is committed; never, where it is rolled back. */
  afterCommit(task: () => void): void;
  /** Copies the write-ahead log into the database file and empties it. */
  checkpoint(): void;
}

/**
 * The cipher, pinned by name with every parameter, because a library's defaults may change under an existing vault.
 * ChaCha20-Poly1305 of SQLite3 Multiple Ciphers: authenticated per page with a fresh random nonce at each write, and of
 * constant time in software, which its table-driven AES is not. None of these may ever change for an existing vault.
 */
const CIPHER_PRAGMAS = [
  "cipher = 'chacha20'",
  'legacy = 0',
  'legacy_page_size = 4096',
  'kdf_iter = 64007',
  'mc_legacy_wal = 0',
  'hmac_check = 1',
] as const;

/**
 * Set at every open, because SQLite keeps only some of them in the file: sorts never spill to disk, deleted rows are
 * overwritten, and a commit is on the disk when it returns.
 */
const SESSION_PRAGMAS = [
  'temp_store = MEMORY',
  'secure_delete = ON',
  'foreign_keys = ON',
  'journal_mode = WAL',
  'synchronous = FULL',
] as const;

/** Length of the database key in bytes. */
export const DATABASE_KEY_BYTES = 32;

/**
 * Opens the encrypted database `file`, making it if it is not there, and brings its tables up to date. `key` is 32
 * uniformly random bytes; it is copied and the copy zeroed.
 * Throws `vault.damaged` for a wrong key or a file that is no such database, `vault.newer` for the tables of a later
 * release (nothing is changed then), `disk.full` and `disk.failed`.
 */
export function openConnection(file: string, key: Uint8Array): SqliteConnection {
  const isNew = !existsSync(file);
  let handle: Sqlite.Database | null = null;
  try {
    handle = new Sqlite(file);
    applyKey(handle, key);
    const connection = new SqliteConnection(handle);
    // The first read: fails on a wrong key, and finds a later release's tables before anything is written.
    refuseNewer(handle);
    if (isNew) handle.pragma('page_size = 4096');
    for (const pragma of SESSION_PRAGMAS) handle.pragma(pragma);
    migrate(handle);
    return connection;
  } catch (error) {
    handle?.close();
    throw databaseError(error);
  }
}

/** What the cipher build adds to better-sqlite3, whose types TypeScript finds instead of the build's own. */
type KeyedDatabase = Sqlite.Database & { key(key: Buffer): number };

function applyKey(handle: Sqlite.Database, key: Uint8Array): void {
  if (key.byteLength !== DATABASE_KEY_BYTES) throw new Error('a database key has 32 bytes');
  for (const pragma of CIPHER_PRAGMAS) handle.pragma(pragma);
  // The prefix hands the bytes to the cipher as they are: they come from HKDF, and stretching them adds nothing.
  const raw = Buffer.alloc(4 + DATABASE_KEY_BYTES);
  raw.write('raw:', 'latin1');
  raw.set(key, 4);
  try {
    (handle as KeyedDatabase).key(raw);
  } finally {
    raw.fill(0);
  }
}

/** A connection over the one open SQLite handle. Lives in the database's thread. */
export class SqliteConnection implements Connection {
  readonly #handle: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement<[SqlParameters]>>();
  #afterCommit: (() => void)[] = [];

  constructor(handle: Sqlite.Database) {
    this.#handle = handle;
  }

  one<Row>(sql: string, parameters: SqlParameters = {}): Row | null {
    return (this.#reading(sql).get(parameters) as Row | undefined) ?? null;
  }

  all<Row>(sql: string, parameters: SqlParameters = {}): Row[] {
    return this.#reading(sql).all(parameters) as Row[];
  }

  run(sql: string, parameters: SqlParameters = {}): number {
    return this.#prepared(sql).run(parameters).changes;
  }

  transaction<T>(work: () => T): T {
    if (this.#handle.inTransaction) return work();
    this.#afterCommit = [];
    const result = this.#handle.transaction(work).immediate() as T;
    for (const task of this.#afterCommit) task();
    return result;
  }

  afterCommit(task: () => void): void {
    this.#afterCommit.push(task);
  }

  checkpoint(): void {
    this.#handle.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** The value of a pragma. */
  pragma(name: string): unknown {
    return this.#handle.pragma(name, { simple: true });
  }

  /** Writes a compacted copy, encrypted with the same key, into `file`, which must not be there yet. */
  copyTo(file: string): void {
    this.#prepared('VACUUM INTO @file').run({ file });
  }

  /** What SQLite's own check of every page, row and index finds: nothing for a sound database. */
  integrityFaults(): string[] {
    const rows = this.#handle.pragma('integrity_check') as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }

  /** Empties the write-ahead log and closes. */
  close(): void {
    try {
      this.checkpoint();
    } finally {
      this.#handle.close();
    }
  }

  #reading(sql: string): Sqlite.Statement<[SqlParameters]> {
    const statement = this.#prepared(sql);
    if (!statement.readonly) throw new Error('a statement that changes rows was given to a reader');
    return statement;
  }

  #prepared(sql: string): Sqlite.Statement<[SqlParameters]> {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#handle.prepare<[SqlParameters]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
