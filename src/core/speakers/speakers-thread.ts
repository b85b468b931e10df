import { Worker } from 'node:worker_threads';
import type { SpeakerReply, SpeakerRequest } from './speaker-questions.ts';

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_URL = new URL('./speakers-worker.ts', import.meta.url);

/** The port to the thread that compares voices. */
export interface SpeakersPort {
  postMessage(request: SpeakerRequest): void;
  on(event: 'message', listener: (reply: SpeakerReply) => void): SpeakersPort;
  on(event: 'error', listener: (error: Error) => void): SpeakersPort;
  on(event: 'exit', listener: () => void): SpeakersPort;
  /** Terminates it at once, whatever it is doing. */
  terminate(): Promise<unknown>;
}

let start = startWorker;

function startWorker(): SpeakersPort {
  return new Worker(WORKER_URL, { name: 'speakers', execArgv: [] });
}

/** Starts a thread for questions about one recording. */
export function startSpeakersThread(): SpeakersPort {
  return start();
}

/** Lets tests compare voices outside a thread of their own; null restores the thread. */
export function runSpeakersIn(other: (() => SpeakersPort) | null): void {
  start = other ?? startWorker;
}
