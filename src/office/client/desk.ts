import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { prepareDestination } from '../../app/export/destination.ts';
import { HAND_OVER_ENDING } from '../../app/hand-over/hand-overs.ts';
import { stampOf } from '../../app/watched-folders/settled-files.ts';
import type { ExportFormat } from '../../contract/document.ts';
import { FULL_CONTENT } from '../../contract/document.ts';
import { isFinal } from '../../contract/job-states.ts';
import type { Locale } from '../../contract/locale.ts';
import { writeDocument } from '../../core/delivery/write-document.ts';
import { closeExporter } from '../../core/export/export-thread.ts';
import { fileError } from '../../core/system-errors.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import { documentOf, type TranscriptFile, transcriptFileIn } from '../exchange/result-file.ts';
import type { OfficeKeys } from '../sealing/key-fingerprint.ts';
import type { RecordingManifest } from '../sealing/recording-manifest.ts';
import type { ClientFolder } from './client-folder.ts';
import type { SentRecording } from './client-state.db.ts';
import type { DeskListener, SendingFailure } from './desk-events.ts';
import type { OfficeClient } from './office-client.ts';
import { fetchResult, sendRecording } from './send-recording.ts';

/** Results that will never be opened. */
const NO_TEXT = [
  ...(['envelope.notOne', 'envelope.newer', 'envelope.otherObject'] as const),
  ...(['envelope.notForThisKey', 'envelope.damaged', 'object.gone'] as const),
];

/** What was sealed before is of no use any more. */
const SEALED_ANEW = ['upload.gone', 'upload.notFound', 'upload.idTaken'] as const;

/** What a desk is made of. */
export interface DeskParts {
  readonly client: OfficeClient;
  readonly folder: ClientFolder;
  /** For whom recordings are sealed; asked for at the first. Throws `keys.changed`. */
  readonly keys: () => Promise<OfficeKeys>;
  /** The spoken language, where nothing else tells it. */
  readonly language: RecordingManifest['language'];
  /** Of the labels in documents. */
  readonly locale: Locale;
  readonly tell: DeskListener;
}

/** A file as it lies there now. Throws `file.*`. */
export async function stampedFile(
  path: string,
): Promise<{ file: string; stamp: string; modifiedMs: number }> {
  const file = resolve(path);
  try {
    const { size: sizeBytes, mtimeMs } = await stat(file);
    const modifiedMs = Math.trunc(mtimeMs);
    return { file, stamp: stampOf({ sizeBytes, modifiedMs }), modifiedMs };
  } catch (error) {
    throw fileError(error, file);
  }
}

/** Whether a file is a matter that was handed over. */
export function isHandOver(path: string): boolean {
  return path.toLowerCase().endsWith(HAND_OVER_ENDING);
}

/**
 * Sends recordings to the office and writes their texts. What it does is noted before and after each step: interrupted
 * anywhere, the same call goes on, and nothing is sent or written twice.
 */
export class Desk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Sends a recording, unless this very file was sent before. Throws the errors of the file and of the office. */
  async send(path: string): Promise<void> {
    const { folder, tell } = this.#parts;
    const { file, stamp, modifiedMs } = await stampedFile(path);
    const name = basename(file);
    const known = folder.state.begin({ file, stamp, name, modifiedMs, handOverRecording: null }, Date.now());
    if (known.state !== 'sending') tell({ type: 'alreadySent', name });
    else await this.sendAs(known, file, this.#parts.language);
  }

  /** Goes on with what an earlier run had begun to send; files that are gone or others now are given up. */
  async goOn(): Promise<void> {
    const { state } = this.#parts.folder;
    for (const recording of state.list(['sending'])) {
      if (recording.handOverRecording !== null) continue;
      const now = await stampedFile(recording.file).catch(() => null);
      if (now?.stamp !== recording.stamp) this.#fail(recording, 'file.notFound');
      else await this.sendAs(recording, recording.file, this.#parts.language);
    }
  }

  /** Sends the bytes of a noted recording. Throws the errors of the file and of the office. */
  async sendAs(
    recording: SentRecording,
    file: string,
    language: RecordingManifest['language'],
  ): Promise<void> {
    const { client, folder, keys, tell } = this.#parts;
    const options = {
      ...{ keys: await keys(), replyTo: folder.publicKey, tenantSecret: folder.secret },
      ...{ language, outbox: folder.outbox },
    };
    const jobId = await sendRecording(client, file, options).catch((error: unknown) => {
      if (!isOfficeError(error, ...SEALED_ANEW)) throw error;
      return sendRecording(client, file, options);
    });
    folder.state.sent(recording.id, jobId);
    tell({ type: 'sent', name: recording.name });
  }

  /**
   * Writes the texts that are finished into a folder, in every format. Returns how many are still waited for. Throws the office's and the
   * export's errors.
   */
  async fetch(out: string, formats: readonly ExportFormat[]): Promise<number> {
    const { state } = this.#parts.folder;
    await prepareDestination(out);
    const open = state.list(['sent']).filter(({ handOverRecording }) => handOverRecording === null);
    let waiting = 0;
    try {
      for (const recording of open) {
        const outcome = await this.outcomeOf(recording);
        if (outcome === 'waiting') waiting += 1;
        const text = outcome === 'done' ? await this.textOf(recording) : null;
        if (text === null) continue;
        await this.#write(recording, text, resolve(out), formats);
        state.fetched([recording.id]);
      }
    } finally {
      await closeExporter();
    }
    return waiting;
  }

  /** How far a recording is that was sent. A job that ended without a text is noted and told. Throws the office's errors. */
  async outcomeOf(recording: SentRecording): Promise<'done' | 'waiting' | 'failed'> {
    const job = await this.#parts.client.job(recording.jobId ?? '');
    if (!isFinal(job.state)) return 'waiting';
    if (job.state === 'done') return 'done';
    this.#fail(
      recording,
      job.state === 'cancelled' ? 'cancelled' : (job.failureCode ?? 'internal.unexpected'),
    );
    return 'failed';
  }

  /** The text of a recording that is done. Null where it cannot be opened, which is noted and told. Throws the office's other errors. */
  async textOf(recording: SentRecording): Promise<TranscriptFile | null> {
    const { client, folder } = this.#parts;
    try {
      return transcriptFileIn(await fetchResult(client, recording.jobId ?? '', folder.privateKey));
    } catch (error) {
      if (!isOfficeError(error, ...NO_TEXT)) throw error;
      this.#fail(recording, error.code);
      return null;
    }
  }

  async #write(
    { id, name, modifiedMs }: SentRecording,
    text: TranscriptFile,
    folder: string,
    formats: readonly ExportFormat[],
  ): Promise<void> {
    const { locale, tell } = this.#parts;
    const { state } = this.#parts.folder;
    const files = await writeDocument(
      documentOf(text, { id, name, modifiedAtMs: modifiedMs }),
      { folder, formats: [...formats], timestamps: true, overwrite: false, content: FULL_CONTENT },
      {
        language: locale,
        notesOf: (format) => ({
          recall: async () => state.written(id, format),
          note: async (file) => state.noteWritten(id, format, file),
        }),
      },
    );
    for (const file of files) tell({ type: 'written', name, file });
  }

  #fail({ id, name }: SentRecording, code: SendingFailure): void {
    this.#parts.folder.state.failed(id, code);
    this.#parts.tell({ type: 'failed', name, code });
  }
}
