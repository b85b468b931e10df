import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from 'async-mutex';
import {
  type ExportContent,
  type ExportFormat,
  extensionOf,
  FORMAT_TRAITS,
  type TranscriptDocument,
} from '../../contract/document.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { ExportStyle } from '../../contract/export-style.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';
import type { Segment } from '../../contract/transcript.ts';
import { errorFacts } from '../diagnostics/error-facts.ts';
import { note } from '../diagnostics/note.ts';
import { contentHash } from '../files/file-hash.ts';
import { type ExportNotes, isAlreadyWritten } from '../files/own-file.ts';
import { safeBaseName } from '../files/safe-file-name.ts';
import { type Target, writeAtomically } from '../files/write-atomically.ts';
import type { WrittenFiles } from '../files/written-files.ts';
import { needWordTimes } from './conventions/in-conventions.ts';
import type { ExportReply, ExportRequest } from './export-messages.ts';
import type { RenderOptions } from './render-options.ts';

/** One file to export of a transcript. */
export interface ExportOrder {
  readonly format: ExportFormat;
  /** The folder to write into; it must exist. */
  readonly folder: string;
  /** The file's name without extension. It is made safe here, so that it may be a recording's name. */
  readonly baseName: string;
  /** The base name is that of a file in the folder, and is unchanged. */
  readonly isFileName?: boolean;
  /** Other names to try for a base name (`Target.nameOf`). */
  readonly nameOf?: ((baseName: string, number: number) => string) | undefined;
  /** Times in plain text; the other formats go by `content`. */
  readonly timestamps: boolean;
  /** The content besides the words. */
  readonly content: ExportContent;
  /** Options of single formats; defaults without it. */
  readonly formatOptions?: FormatOptions | undefined;
  /** How it is written; the usual style without it. */
  readonly style?: ExportStyle | undefined;
  /** The file of the Word template that the style names. */
  readonly wordTemplate?: Uint8Array | undefined;
  /** Replace a file of that name; otherwise the new one gets a number, `name (2).docx`. */
  readonly overwrite: boolean;
  /** Language of the labels. */
  readonly language: Locale;
}

/**
 * Prints an HTML page to the bytes of a PDF. Passed in by a caller with a browser: the core has none. Errors
 * other than an AppError become `export.failed`.
 */
export type PdfPrinter = (html: readonly Uint8Array[]) => Promise<Uint8Array>;

/** The services that some exports need. */
export interface ExportAids {
  /** The printer of PDFs. */
  readonly printer?: PdfPrinter | undefined;
  /** For an export that may be repeated after an interruption: a file it has finished is then not written twice. */
  readonly notes?: ExportNotes | undefined;
  /** Called with the SHA-256 of the file, in hex. */
  readonly onContent?: ((sha256: string) => void) | undefined;
  /** The files that the run has written, none of which it replaces, and the owner of this file. */
  readonly run?: { readonly files: WrittenFiles; readonly owner: string } | undefined;
}

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
 * Writes a transcript as one file and returns its absolute path. The document is made in a worker, in memory, one
 * at a time; the file appears whole or not at all (`writeAtomically`, whose errors apply). `export.failed` when the
 * document could not be made, `export.needsWindow` for a PDF without a `printer`.
 */
export async function exportTranscript(
  document: TranscriptDocument,
  order: ExportOrder,
  { printer, notes, run, onContent }: ExportAids = {},
): Promise<string> {
  const { format, timestamps, content, formatOptions, language, style, wordTemplate } = order;
  if (format === 'pdf' && printer === undefined) throw new AppError('export.needsWindow', {});
  const rendered = await oneAtATime.runExclusive(() =>
    renderInWorker(document, { format, timestamps, content, formatOptions, language, style, wordTemplate }),
  );
  const bytes = format === 'pdf' && printer !== undefined ? [await printed(rendered, printer)] : rendered;
  const target = {
    folder: order.folder,
    baseName: order.isFileName === true ? order.baseName : safeBaseName(order.baseName),
    extension: extensionOf(order.format),
    overwrite: order.overwrite,
    nameOf: order.nameOf,
    mustStay: run === undefined ? undefined : (path: string) => run.files.isOthers(path, run.owner),
  };
  const sha256 = contentHash(bytes);
  const path = await writtenOnce({ bytes, sha256 }, target, notes);
  onContent?.(sha256);
  await run?.files.add(path, run.owner);
  return path;
}

/** Writes the file unless it is noted and there. */
async function writtenOnce(
  { bytes, sha256 }: { readonly bytes: readonly Uint8Array[]; readonly sha256: string },
  target: Target,
  notes: ExportNotes | undefined,
): Promise<string> {
  if (notes === undefined) return writeAtomically(bytes, target);
  const noted = await notes.recall();
  if (noted !== null && (await isAlreadyWritten(noted, target.folder, sha256))) return noted.path;
  return writeAtomically(bytes, target, (path) => notes.note({ path, sha256 }));
}

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

async function printed(html: readonly Uint8Array[], printer: PdfPrinter): Promise<Uint8Array> {
  try {
    return await printer(html);
  } catch (error) {
    throw isAppError(error) ? error : new AppError('export.failed', {}, { cause: error });
  }
}

/** Ends the worker thread, if one runs, once the exports already requested are done. A later export starts a new one. */
export async function closeExporter(): Promise<void> {
  await oneAtATime.runExclusive(endWorker);
}

async function renderInWorker(
  document: TranscriptDocument,
  options: RenderOptions,
): Promise<readonly Uint8Array[]> {
  const thread = claimWorker();
  try {
    const reply = replyOf(thread);
    // Awaited below; a thread that dies while segments are still being sent must not count as unhandled.
    reply.catch(() => undefined);
    await sendDocument(thread, document, options);
    const answer = await reply;
    if (answer.type === 'failed') throw new AppError('export.failed', {}, { cause: answer.cause });
    releaseWorker(thread);
    return answer.chunks;
  } catch (error) {
    await endWorker();
    throw error;
  }
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

async function sendDocument(
  thread: Worker,
  document: TranscriptDocument,
  options: RenderOptions,
): Promise<void> {
  const send = (request: ExportRequest) => thread.postMessage(request);
  const { segments, ...head } = document;
  send({ type: 'begin', document: head });
  for (let at = 0; at < segments.length; at += SEGMENTS_A_MESSAGE) {
    const some = segments.slice(at, at + SEGMENTS_A_MESSAGE);
    send({
      type: 'segments',
      segments: usesWords(options) ? some : some.map(withoutWords),
    });
    await nextTurn();
  }
  send({ type: 'render', options });
}

function usesWords({ format, style }: RenderOptions): boolean {
  const { usesWords: always, conventions } = FORMAT_TRAITS[format];
  return (
    always === true || (conventions === 'all' && style !== undefined && needWordTimes(style.conventions))
  );
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
