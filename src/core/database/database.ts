import { AppError, isAppError } from '../../contract/errors.ts';
import { errorFacts } from '../diagnostics/error-facts.ts';
import { note } from '../diagnostics/note.ts';
import { startDatabaseThread } from './database-thread.ts';
import type { Readers, RemoteRepositories, Repositories } from './repositories.db.ts';
import {
  errorFromThread,
  packed,
  type RepositoryMethods,
  unpacked,
  type WorkerReply,
  type WorkerRequest,
} from './thread-messages.ts';

/** A database's path and keys. The keys are copied; the caller zeroes its own. */
export interface DatabaseOptions {
  readonly file: string;
  /** 32 uniformly random bytes. */
  readonly key: Uint8Array;
  /** Key of the audit log, whose head file is beside the database; without it no log is kept. */
  readonly auditKey?: Uint8Array;
  /** Whether nothing of it is of use after this process: then no commit waits for the disk. */
  readonly isEphemeral?: boolean;
}

/** A database that can be queried, not changed. */
export type ReadableDatabase = RemoteRepositories<Readers>;

/** The open encrypted database: its repositories, and the operations on the whole. */
export interface Database extends RemoteRepositories<Repositories>, DatabaseFile {}

/** Operations on the database as a whole. */
export interface DatabaseFile {
  /** Writes a compacted copy, encrypted with the same key, into a file that must not exist yet. */
  backupTo(file: string): Promise<void>;
  /** The faults found by SQLite's check of every page, row and index; empty for a sound database. Slow. */
  checkIntegrity(): Promise<string[]>;
  /** Finishes pending requests, empties the write-ahead log, zeroes the keys and ends the thread. */
  close(): Promise<void>;
}

/** Opens databases. */
export const Database = { open: openDatabase } as const;

/**
 * Opens the encrypted database in a thread of its own, creating it if it does not exist, and migrates its tables.
 * Throws `vault.damaged` for a wrong key or a file that is no such database, `vault.newer` if a later release made it
 * (it is left as it is), `disk.full` and `disk.failed`. After `close` every call throws `vault.sealed`.
 */
async function openDatabase({
  file,
  key,
  auditKey,
  isEphemeral = false,
}: DatabaseOptions): Promise<Database> {
  const thread = new DatabaseThread();
  try {
    const methods = await thread.open({ file, key, isEphemeral, auditKey: auditKey ?? null });
    const control: DatabaseFile = {
      backupTo: (target) => thread.ask({ type: 'backup', file: target }) as Promise<void>,
      checkIntegrity: () => thread.ask({ type: 'checkIntegrity' }) as Promise<string[]>,
      close: () => thread.close(),
    };
    return Object.assign(control, remoteRepositories(thread, methods));
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** Creates each repository's methods on this side, by the names that the thread has sent; types are static. */
function remoteRepositories(
  thread: DatabaseThread,
  methods: RepositoryMethods,
): RemoteRepositories<Repositories> {
  const remotes = Object.entries(methods).map(([repository, names]) => {
    const calls = names.map((method) => {
      const call = (...parameters: unknown[]) =>
        thread.ask({ type: 'call', repository, method, parameters: packed(parameters) });
      return [method, call] as const;
    });
    return [repository, Object.fromEntries(calls)] as const;
  });
  return Object.fromEntries(remotes) as unknown as RemoteRepositories<Repositories>;
}

type Question = WorkerRequest extends infer R ? (R extends WorkerRequest ? Omit<R, 'id'> : never) : never;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** This side of the database's thread: numbers the requests and settles their promises. */
class DatabaseThread {
  readonly #worker = startDatabaseThread();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #ended: Error | null = null;
  #closing: Promise<void> | null = null;

  constructor() {
    this.#worker.on('message', (reply) => this.#settle(reply));
    this.#worker.on('error', (error) => {
      note({ event: 'threadFailed', thread: 'database', error: errorFacts(error) });
      this.#fail(error);
    });
    this.#worker.on('exit', () => this.#fail(new Error('the database thread ended')));
  }

  async open(place: Omit<Extract<Question, { type: 'open' }>, 'type'>): Promise<RepositoryMethods> {
    // Copies, transferred to the thread, which zeroes them: nothing of them remains on this side.
    const key = new Uint8Array(place.key);
    const auditKey = place.auditKey === null ? null : new Uint8Array(place.auditKey);
    const transfer = [key, auditKey].flatMap((copy) => (copy === null ? [] : [copy.buffer]));
    const question: Question = { ...place, type: 'open', key, auditKey };
    return (await this.ask(question, transfer)) as RepositoryMethods;
  }

  ask(question: Question, transfer: ArrayBuffer[] = []): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ ...question, id }, transfer);
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #close(): Promise<void> {
    try {
      const closed = this.ask({ type: 'close' });
      this.#ended ??= new AppError('vault.sealed', {});
      await closed;
    } finally {
      await this.end();
    }
  }

  #settle(reply: WorkerReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (reply.ok) pending?.resolve(unpacked(reply.answer));
    else {
      const error = errorFromThread(reply.error);
      // A refused request is an answer; a failure of the database is an error.
      if (!isAppError(error) || error.cause !== undefined) {
        note({ event: 'databaseFailed', error: errorFacts(error) });
      }
      pending?.reject(error);
    }
  }

  #fail(error: Error): void {
    this.#ended ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}
