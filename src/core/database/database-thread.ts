import { Worker } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './thread-messages.ts';

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_URL = new URL('./thread.db.ts', import.meta.url);

/** Without it, garbage of whole windows and texts would grow the thread's heap by tens of megabytes. */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 12 };

/** The port to a database: the worker thread that it runs in. */
export interface DatabasePort {
  postMessage(request: WorkerRequest, transfer: ArrayBuffer[]): void;
  on(event: 'message', listener: (reply: WorkerReply) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  /** Terminates it at once, whatever it is doing. */
  terminate(): Promise<unknown>;
}

let start = startWorker;

function startWorker(): DatabasePort {
  return new Worker(WORKER_URL, { name: 'database', resourceLimits: WORKER_LIMITS });
}

/** Starts a thread for one database. */
export function startDatabaseThread(): DatabasePort {
  return start();
}

/** Lets tests run their databases outside a thread of their own; null restores the thread. */
export function runDatabasesIn(other: (() => DatabasePort) | null): void {
  start = other ?? startWorker;
}
