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
 * The database's thread: holds the one connection, runs requests one after the other in the order they came, and answers
 * each. Nothing else in the process touches SQLite's database.
 */

interface OpenDatabase {
  readonly connection: SqliteConnection;
  readonly repositories: Repositories;
  readonly head: AuditHead | null;
  readonly auditKey: Uint8Array | null;
}

/** Beside the database: where the audit log ends. */
const HEAD_FILE = 'head';

/** Leaves the thread to others between two steps. */
const SWEEP_PAUSE_MS = 30;

let database: OpenDatabase | null = null;
let sweeping: NodeJS.Timeout | null = null;

parentPort?.on('message', (request: WorkerRequest) => {
  parentPort?.postMessage(answer(request));
  sweepSoon();
});

function answer(request: WorkerRequest): WorkerReply {
  try {
    return { id: request.id, ok: true, answer: packed(run(request)) };
  } catch (error) {
    return { id: request.id, ok: false, error: thrownError(databaseError(error)) };
  }
}

function run(request: WorkerRequest): unknown {
  switch (request.type) {
    case 'open':
      return open(request);
    case 'call':
      return call(request);
    case 'backup':
      return backup(request.file);
    case 'checkIntegrity':
      return opened().connection.integrityFaults();
    case 'close':
      return close();
  }
}

function open({ file, key, auditKey }: Extract<WorkerRequest, { type: 'open' }>): RepositoryMethods {
  if (database !== null) throw new Error('the database is open already');
  try {
    const head = auditKey === null ? null : new AuditHead(join(dirname(file), HEAD_FILE), auditKey);
    refuseVanished(file, head);
    const connection = new SqliteConnection(openEncryptedFile(file, key));
    const repositories = withRepositories(connection, head);
    database = { connection, repositories, head, auditKey };
    return methodsOf(repositories);
  } finally {
    key.fill(0);
  }
}

/** The head is written after the database is: where there is one without the other, none may begin in its place. */
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

function call({ repository, method, parameters }: Extract<WorkerRequest, { type: 'call' }>): unknown {
  const target = opened().repositories[repository as keyof Repositories] as unknown as Record<
    string,
    (...parameters: unknown[]) => unknown
  >;
  return target[method]?.(...(unpacked(parameters) as unknown[]));
}

function backup(file: string): void {
  opened().connection.copyTo(file);
  sync(file);
  if (process.platform !== 'win32') sync(dirname(file));
}

function close(): void {
  const { connection, head, auditKey } = opened();
  database = null;
  try {
    head?.flush();
  } finally {
    auditKey?.fill(0);
    connection.close();
  }
}

/** Between requests, what thousands of deleted segments have left in the index is taken away a little at a time. */
function sweepSoon(): void {
  if (sweeping !== null || database === null || !database.repositories.tombstones.areThere()) return;
  sweeping = setTimeout(() => {
    sweeping = null;
    try {
      if (database?.repositories.tombstones.sweep() === true) sweepSoon();
    } catch {
      // A full disk, say. What is left is written down: the next request, or the next opening, goes on.
    }
  }, SWEEP_PAUSE_MS);
}

function opened(): OpenDatabase {
  if (database === null) throw new Error('the database is not open');
  return database;
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
