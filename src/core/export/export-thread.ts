import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from 'async-mutex';
import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { Segment } from '../../contract/transcript.ts';
import { errorFacts } from '../diagnostics/error-facts.ts';
import { note } from '../diagnostics/note.ts';
import type { DocumentReply, DocumentRequest, ExportReply, ExportRequest } from './export-messages.ts';

// The only reference to the location of the worker's code: a bundle that moves it changes this line only.
const WORKER_FILE = new URL('./export-worker.ts', import.meta.url);

// Ten hours of speech need a tenth of this; a document beyond it fails by itself instead of crashing the program.
const WORKER_LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 };
const IDLE_MS = 10_000;
// Copying this many segments with their words takes the sender's event loop about two milliseconds.
const SEGMENTS_A_MESSAGE = 200;

const oneAtATime = new Mutex();
let worker: Worker | null = null;
let idleTimer: NodeJS.Timeout | null = null;

/**
 * Starts the worker thread ahead of exports that will soon be requested, and lets it load what their formats need.
 * Errors are thrown when they are requested.
 */
export function prepareExporter(formats: readonly ExportFormat[]): void {
  const prepare = () => {
    const thread = claimWorker();
    thread.postMessage({ type: 'prepare', formats } satisfies ExportRequest);
    releaseWorker(thread);
  };
  oneAtATime.runExclusive(prepare).catch(() => undefined);
}

/** Ends the worker thread, if one runs, once the exports already requested are done. A later export starts a new one. */
export async function closeExporter(): Promise<void> {
  await oneAtATime.runExclusive(endWorker);
}

/**
 * What the worker thread makes of a document, one at a time. Throws `export.failed`, and ends the thread then.
 * @param withWords whether it needs the segments' words with their times.
 */
export async function inExportThread<R extends DocumentRequest>(
  document: TranscriptDocument,
  withWords: boolean,
  request: R,
): Promise<DocumentReply<R['type']>> {
  return await oneAtATime.runExclusive(async () => {
    const thread = claimWorker();
    try {
      const reply = replyOf(thread);
      // Awaited below; a thread that dies while segments are still being sent must not count as unhandled.
      reply.catch(() => undefined);
      await sendDocument(thread, document, withWords);
      thread.postMessage(request satisfies ExportRequest);
      const answer = await reply;
      if (answer.type === 'failed') throw new AppError('export.failed', {}, { cause: answer.cause });
      releaseWorker(thread);
      // A request is answered by a reply of its type, or by a failure.
      return answer as DocumentReply<R['type']>;
    } catch (error) {
      await endWorker();
      throw error;
    }
  });
}

function claimWorker(): Worker {
  if (idleTimer !== null) clearTimeout(idleTimer);
  idleTimer = null;
  worker ??= startWorker();
  worker.ref();
  return worker;
}

function startWorker(): Worker {
  const started = new Worker(WORKER_FILE, {
    name: 'export',
    resourceLimits: WORKER_LIMITS,
    // The program's own flags (an inspector's port, for instance) are not for its thread.
    execArgv: [],
  });
  const forget = () => {
    if (worker === started) worker = null;
  };
  // An idle thread that dies is simply not used again; a busy one also fails its export.
  const fail = (error: unknown) => {
    note({ event: 'threadFailed', thread: 'export', error: errorFacts(error) });
    forget();
  };
  return started.on('error', fail).on('exit', forget);
}

/** Keeps the thread for the next format of the same transcript, without keeping the process alive for it. */
function releaseWorker(thread: Worker): void {
  thread.unref();
  idleTimer = setTimeout(() => void oneAtATime.runExclusive(endWorker), IDLE_MS);
  idleTimer.unref();
}

async function endWorker(): Promise<void> {
  if (idleTimer !== null) clearTimeout(idleTimer);
  idleTimer = null;
  const ending = worker;
  worker = null;
  await ending?.terminate();
}

async function sendDocument(thread: Worker, document: TranscriptDocument, withWords: boolean): Promise<void> {
  const send = (request: ExportRequest) => thread.postMessage(request);
  const { segments, ...head } = document;
  send({ type: 'begin', document: head });
  for (let at = 0; at < segments.length; at += SEGMENTS_A_MESSAGE) {
    const some = segments.slice(at, at + SEGMENTS_A_MESSAGE);
    send({ type: 'segments', segments: withWords ? some : some.map(withoutWords) });
    await nextTurn();
  }
}

function withoutWords(segment: Segment): Segment {
  return { ...segment, words: [] };
}

/** The thread's next reply; a thread that dies instead, out of memory for instance, is a failed export. */
function replyOf(thread: Worker): Promise<ExportReply> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      thread.off('message', onReply);
      thread.off('error', onFailure);
      thread.off('exit', onFailure);
    };
    const onReply = (reply: ExportReply) => {
      settle();
      resolve(reply);
    };
    const onFailure = (cause: unknown) => {
      settle();
      reject(new AppError('export.failed', {}, { cause }));
    };
    thread.on('message', onReply);
    thread.on('error', onFailure);
    thread.on('exit', onFailure);
  });
}
