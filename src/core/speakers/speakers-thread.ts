import { Worker } from 'node:worker_threads';
import type { SpeakerReply, SpeakerRequest } from './speaker-questions.ts';

/** The thread's module. Named only here: a bundle puts it elsewhere. */
const WORKER_URL = new URL('./speakers-worker.ts', import.meta.url);

/** How long a thread without a question is kept for the next: starting one takes longer than comparing the voices of a minute. */
const IDLE_MS = 10_000;

/** The port to the thread that compares voices. */
export interface SpeakersPort {
  postMessage(request: SpeakerRequest): void;
  on(event: 'message', listener: (reply: SpeakerReply) => void): SpeakersPort;
  on(event: 'error', listener: (error: Error) => void): SpeakersPort;
  on(event: 'exit', listener: () => void): SpeakersPort;
  off(event: 'message', listener: (reply: SpeakerReply) => void): SpeakersPort;
  off(event: 'error', listener: (error: Error) => void): SpeakersPort;
  off(event: 'exit', listener: () => void): SpeakersPort;
  /** Whether it keeps the process alive. */
  ref(): void;
  unref(): void;
  /** Terminates it at once, whatever it is doing. */
  terminate(): Promise<unknown>;
}

let start = startWorker;
let idle: { readonly thread: SpeakersPort; readonly timer: NodeJS.Timeout } | null = null;

function startWorker(): SpeakersPort {
  return new Worker(WORKER_URL, { name: 'speakers', execArgv: [] });
}

/** A thread for one question, which must be given back (`keepSpeakersThread`) or terminated. */
export function claimSpeakersThread(): SpeakersPort {
  const kept = takeIdle();
  if (kept !== null) {
    kept.ref();
    return kept;
  }
  const thread = start();
  // One that dies without a question is simply not used again.
  const forget = () => {
    if (idle?.thread === thread) takeIdle();
  };
  return thread.on('error', forget).on('exit', forget);
}

/** Keeps a thread that has answered for the next question, for a while and without keeping the process alive for it. */
export function keepSpeakersThread(thread: SpeakersPort): void {
  // Of two questions at once one thread is enough for the next.
  void endSpeakersThread();
  thread.unref();
  const timer = setTimeout(() => void endSpeakersThread(), IDLE_MS).unref();
  idle = { thread, timer };
}

/** Ends the thread that waits for the next question, if one does. */
export async function endSpeakersThread(): Promise<void> {
  await takeIdle()?.terminate();
}

function takeIdle(): SpeakersPort | null {
  const kept = idle;
  idle = null;
  if (kept !== null) clearTimeout(kept.timer);
  return kept?.thread ?? null;
}

/** Lets tests compare voices outside a thread of their own; null restores the thread. */
export function runSpeakersIn(other: (() => SpeakersPort) | null): void {
  void endSpeakersThread();
  start = other ?? startWorker;
}
