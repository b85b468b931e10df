import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import { LARGEST_TEXT_BYTES, type TextOutcome, type WaitingTextView } from '../../contract/existing-text.ts';
import { isPending } from '../../contract/job-states.ts';
import type { Database } from '../../core/database/database.ts';
import { readExistingText } from '../../core/existing-text/read-existing-text.ts';
import { fileError } from '../../core/system-errors.ts';

/** A text file with its name. */
export interface TextFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads a text file from the disk. Throws `file.*`, `text.tooLarge`. */
export async function readTextFile(path: string): Promise<TextFile> {
  const name = basename(path);
  try {
    if ((await stat(path)).size > LARGEST_TEXT_BYTES) throw new AppError('text.tooLarge', { name });
    return { name, bytes: await readFile(path) };
  } catch (thrown) {
    throw fileError(thrown, path);
  }
}

/** Throws what `ExistingTexts.add` throws of a file that is no text. */
export function refuseUnreadable({ name, bytes }: TextFile): void {
  readExistingText(name, bytes);
}

/** Texts that were written outside of the app, and that become versions of their recordings' transcripts. */
export class ExistingTexts {
  readonly #database: Database;
  readonly #emit: EventSink;

  constructor({ database, emit }: { readonly database: Database; readonly emit: EventSink }) {
    this.#database = database;
    this.#emit = emit;
  }

  /**
   * Aligns a text to a recording: at once if that is transcribed, else as soon as it is. Throws `recording.notFound`,
   * `text.unreadable`, `text.empty`, `text.tooLarge`.
   */
  async add(recordingId: string, { name, bytes }: TextFile): Promise<TextOutcome> {
    await this.#database.recordings.get(recordingId);
    const text = readExistingText(name, bytes);
    await this.#database.alignedTexts.keep({ recordingId, text, atMs: Date.now() });
    if (await this.#isBeingTranscribed(recordingId)) return { state: 'waiting' };
    return (await this.#align(recordingId, name, false)) ?? { state: 'waiting' };
  }

  /** The text that waits for a recording's transcription, or for an answer; null if there is none. */
  async waiting(recordingId: string): Promise<WaitingTextView | null> {
    const [waiting] = await this.#database.alignedTexts.waiting([recordingId]);
    return waiting === undefined ? null : { name: waiting.name, fit: waiting.fit };
  }

  /** Adds the text that waits although it does not fit, or forgets it. Null if none waits any more. */
  async answer(recordingId: string, isWanted: boolean): Promise<TextOutcome | null> {
    const [waiting] = await this.#database.alignedTexts.waiting([recordingId]);
    if (waiting === undefined) return null;
    if (isWanted) return await this.#align(recordingId, waiting.name, true);
    await this.#database.alignedTexts.drop({ recordingId });
    return null;
  }

  async #align(recordingId: string, name: string, isWanted: boolean): Promise<TextOutcome | null> {
    const about = { recordingId, isWanted, atMs: Date.now() };
    const outcome = await this.#database.alignedTexts.alignWaiting(about);
    if (outcome?.state === 'added') this.#emit({ type: 'textAligned', recordingId, name, outcome });
    return outcome;
  }

  /** What a job writes would take the place of a text that was aligned before it ended. */
  async #isBeingTranscribed(recordingId: string): Promise<boolean> {
    const jobs = await this.#database.jobs.list({ recordingId });
    return jobs.some(({ state, range }) => range === null && isPending(state));
  }
}
