import '../../offline/offline.ts';
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { AppError } from '../../contract/errors.ts';
import { AuditHead } from '../audit/audit-head.ts';
import { SqliteConnection } from './connection.db.ts';
import { databaseError } from './database-error.ts';
import { openEncryptedFile } from './encrypted-file.db.ts';
import { openRepositories, type Repositories } from './repositories.db.ts';
import {
  packed,
  type RepositoryMethods,
  thrownError,
  unpacked,
  type WorkerReply,
  type WorkerRequest,
} from './thread-messages.ts';

/**
 * The database's thread: holds the one connection, runs requests one after the other in order of arrival, and answers
 * each. Nothing else in the process accesses the database.
 */

interface OpenDatabase {
  readonly connection: SqliteConnection;
  readonly repositories: Repositories;
  readonly head: AuditHead | null;
  readonly auditKey: Uint8Array | null;
}

/** Beside the database: the audit log's head file. */
const HEAD_FILE = 'head';

/** Pause between two steps, for other requests. */
const SWEEP_PAUSE_MS = 30;

/** The database's end of its port. */
interface Asked {
  on(event: 'message', listener: (request: WorkerRequest) => void): unknown;
  postMessage(reply: WorkerReply): void;
}

/** One database: opened, queried and closed through a port. */
export class ServedDatabase {
  readonly #port: Asked;
  #database: OpenDatabase | null = null;
  #sweeping: NodeJS.Timeout | null = null;

  constructor(port: Asked) {
    this.#port = port;
    port.on('message', (request) => {
      this.#port.postMessage(this.#answer(request));
      this.#sweepSoon();
    });
  }

  #answer(request: WorkerRequest): WorkerReply {
    try {
      return { id: request.id, ok: true, answer: packed(this.#run(request)) };
    } catch (error) {
      return { id: request.id, ok: false, error: thrownError(databaseError(error)) };
    }
  }

  #run(request: WorkerRequest): unknown {
    switch (request.type) {
      case 'open':
        return this.#open(request);
      case 'call':
        return this.#call(request);
      case 'backup':
        return this.#backup(request.file);
      case 'checkIntegrity':
        return this.#opened().connection.integrityFaults();
      case 'close':
        return this.#close();
    }
  }

  #open({ file, key, auditKey, isEphemeral }: Extract<WorkerRequest, { type: 'open' }>): RepositoryMethods {
    if (this.#database !== null) throw new Error('the database is open already');
    try {
      const head = auditKey === null ? null : new AuditHead(join(dirname(file), HEAD_FILE), auditKey);
      refuseVanished(file, head);
      const connection = new SqliteConnection(
        openEncryptedFile(file, key, { head, synchronous: isEphemeral ? 'OFF' : 'FULL' }),
      );
      const repositories = withRepositories(connection, head);
      this.#database = { connection, repositories, head, auditKey };
      return methodsOf(repositories);
    } finally {
      key.fill(0);
    }
  }

  #call({ repository, method, parameters }: Extract<WorkerRequest, { type: 'call' }>): unknown {
    const target = this.#opened().repositories[repository as keyof Repositories] as unknown as Record<
      string,
      (...parameters: unknown[]) => unknown
    >;
    return target[method]?.(...(unpacked(parameters) as unknown[]));
  }

  #backup(file: string): void {
    this.#opened().connection.copyTo(file);
    sync(file);
    if (process.platform !== 'win32') sync(dirname(file));
  }

  #close(): void {
    const { connection, head, auditKey } = this.#opened();
    this.#database = null;
    try {
      head?.flush();
    } finally {
      auditKey?.fill(0);
      connection.close();
    }
  }

  /** Merges FTS tombstones away step by step between requests. */
  #sweepSoon(): void {
    if (this.#sweeping !== null || this.#database?.repositories.tombstones.areThere() !== true) return;
    this.#sweeping = setTimeout(() => {
      this.#sweeping = null;
      try {
        if (this.#database?.repositories.tombstones.sweep() === true) this.#sweepSoon();
      } catch {
        // E.g. a full disk. The rest is recorded: the next request, or the next opening, continues.
      }
    }, SWEEP_PAUSE_MS);
  }

  #opened(): OpenDatabase {
    if (this.#database === null) throw new Error('the database is not open');
    return this.#database;
  }
}

if (parentPort !== null) new ServedDatabase(parentPort);

/** The head is written after the database: if there is a head without a database, no new one may be created. */
function refuseVanished(file: string, head: AuditHead | null): void {
  if (head === null || head.read() === 'missing' || hasContent(file)) return;
  throw new AppError('vault.damaged', {});
}

function withRepositories(connection: SqliteConnection, head: AuditHead | null): Repositories {
  try {
    return openRepositories(connection, head);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function methodsOf(repositories: Repositories): RepositoryMethods {
  return Object.fromEntries(
    Object.entries(repositories).map(([name, repository]) => [name, methodNames(repository)]),
  );
}

function methodNames(repository: object): string[] {
  const names: string[] = [];
  for (let p = Object.getPrototypeOf(repository); p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    names.push(...Object.getOwnPropertyNames(p));
  }
  return [...new Set(names)].filter((name) => name !== 'constructor');
}

function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
