import type Sqlite from 'better-sqlite3';

/** A value of a statement's named parameter. */
export type SqlValue = string | number | Uint8Array | null;

/** Named parameters of a statement: `@name` in SQL. */
export type SqlParameters = Record<string, SqlValue>;

/** A database that can only be queried. */
export interface ReadableConnection {
  /** The first row, or null. */
  one<Row>(sql: string, parameters?: SqlParameters): Row | null;
  /** All rows. */
  all<Row>(sql: string, parameters?: SqlParameters): Row[];
}

/** A database that can be queried and changed. */
export interface Connection extends ReadableConnection {
  /** Runs one statement that changes rows; returns their count. */
  run(sql: string, parameters?: SqlParameters): number;
  /** Runs `work` in one transaction: committed or, when it throws, rolled back. Nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  /**
   * Runs `work` without waiting for the disk after each commit: what it writes survives the process, not a power cut.
   * Within a transaction it has no effect of its own.
   */
  unhurried<T>(work: () => T): T;
  /** Runs `task` once the open transaction is committed; never if it is rolled back. */
  afterCommit(task: () => void): void;
  /** Copies the write-ahead log into the database file and empties it. */
  checkpoint(): void;
}

/** What SQLite answers for `PRAGMA synchronous` where it is FULL. */
const SYNCHRONOUS_FULL = 2;

/** A connection over the one open SQLite handle, in the database's thread. */
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

  unhurried<T>(work: () => T): T {
    if (this.#handle.inTransaction || this.pragma('synchronous') !== SYNCHRONOUS_FULL) return work();
    this.#handle.pragma('synchronous = NORMAL');
    try {
      return work();
    } finally {
      this.#handle.pragma('synchronous = FULL');
    }
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

  /** Writes a compacted copy, encrypted with the same key, into `file`, which must not exist yet. */
  copyTo(file: string): void {
    this.#prepared('VACUUM INTO @file').run({ file });
  }

  /** The faults found by SQLite's check of every page, row and index: none for a sound database. */
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
