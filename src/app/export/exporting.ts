import { FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { AppError, type Failure, failureOf, isAppError } from '../../contract/errors.ts';
import type { ExportPreview } from '../../contract/export-preview.ts';
import { USUAL_STYLE } from '../../contract/export-style.ts';
import {
  type FormatChoice,
  type FormatOptions,
  formatOptionsOf,
  USUAL_FORMAT_CHOICE,
} from '../../contract/format-options.ts';
import type { RequestInput } from '../../contract/ipc.ts';
import type { Locale } from '../../contract/locale.ts';
import { ExportChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import type { Version } from '../../core/database/transcripts/versions.db.ts';
import { deliver, type PseudonymisedCopy } from '../../core/delivery/deliver.ts';
import { distinguishingNames } from '../../core/delivery/transcript-names.ts';
import type { PdfPrinter } from '../../core/export/export-transcript.ts';
import { previewOf, SEGMENTS_SHOWN } from '../../core/export/preview.ts';
import { asAppError } from '../../core/system-errors.ts';
import { latestVersion, transcriptDocument } from '../../core/transcripts/transcript-document.ts';
import { assertNotSynced } from '../../core/vault/synced-folder.ts';
import { versionOf } from '../transcripts/transcript-versions.ts';
import { type DeliveryListener, deliverTogether } from './deliver-together.ts';
import type { DeliveryWish } from './deliveries.ts';

/** The setting that keeps the last export of recordings without a matter. */
const LAST_EXPORT = 'lastExport';

/** A stored choice: older ones lack what is written besides the text, and the options of single formats. */
const StoredChoice = ExportChoice.extend({
  content: ExportChoice.shape.content.default(FULL_CONTENT),
  formatOptions: ExportChoice.shape.formatOptions.default(USUAL_FORMAT_CHOICE),
});

/** Result of an export. */
export interface ExportOutcome {
  readonly written: { recordingId: string; path: string }[];
  readonly failed: { name: string; failure: Failure }[];
}

/** Which text of a recording is exported. */
interface ExportedText {
  /** Undefined for the current one. */
  readonly versionId?: string | undefined;
  readonly pseudonymised?: boolean | undefined;
}

/** What exporting needs of its environment. */
export interface ExportingParts {
  readonly database: Database;
  readonly language: () => Locale;
  /** How this machine writes numbers, as a BCP 47 locale. */
  readonly numbersLocale: () => string;
  /** Initial folder of exports. */
  readonly documentsFolder: string;
  /** Makes the pseudonymised copy of a document. */
  readonly copyOf: (document: TranscriptDocument) => Promise<PseudonymisedCopy>;
  /** Prints PDFs; without it PDF is not available. */
  readonly printer?: PdfPrinter;
}

/**
 * Exports current transcripts. A page may name only folders that it was given: by the user's choice in a system dialog,
 * or the last one used.
 */
export class Exporting {
  readonly #parts: ExportingParts;
  readonly #given = new Set<string>();
  readonly #lastFile = new Map<string, string>();
  #writing = 0;
  /** The names of what is exported together, the same from one recording to the next. */
  #names: { readonly among: string; readonly byRecording: ReadonlyMap<string, string | undefined> } | null =
    null;

  constructor(parts: ExportingParts) {
    this.#parts = parts;
  }

  get #database(): Database {
    return this.#parts.database;
  }

  /**
   * The last choice in the matter of this recording, and which service would sync that folder elsewhere, if one is
   * known. Throws `recording.notFound`.
   */
  async lastChoice(recordingId: string): Promise<ExportChoice & { synced: string | null }> {
    const choice = await this.choiceOf(recordingId);
    this.#given.add(choice.folder);
    // An unreadable remembered folder must not keep the user from choosing another.
    const synced = await syncedBy(choice.folder).catch(() => null);
    return { ...choice, synced };
  }

  /** How recordings of the matter of this one were last exported. Throws `recording.notFound`. */
  async choiceOf(recordingId: string): Promise<ExportChoice> {
    const { matterId } = await this.#database.recordings.get(recordingId);
    const stored =
      matterId === null
        ? await this.#database.settings.get(LAST_EXPORT)
        : (await this.#database.matters.get(matterId))?.lastExport;
    const parsed = StoredChoice.safeParse(stored);
    const first: ExportChoice = {
      folder: this.#parts.documentsFolder,
      formats: ['docx'],
      content: FULL_CONTENT,
      formatOptions: USUAL_FORMAT_CHOICE,
      style: USUAL_STYLE,
    };
    return parsed.success ? parsed.data : first;
  }

  /** Accepts a folder that the user has chosen; returns the service that would sync it elsewhere, if known. */
  async give(folder: string): Promise<{ folder: string; synced: string | null }> {
    this.#given.add(folder);
    return { folder, synced: await syncedBy(folder) };
  }

  /**
   * Preview of a recording's export: of its current text, or of a version of it. Throws `recording.notFound`,
   * `recording.notTranscribed`, `version.notFound`.
   */
  async preview(wish: RequestInput<'exports.preview'>): Promise<ExportPreview> {
    const { format, content, formatOptions, style, pseudonymised } = wish;
    const version = await this.#version(wish.recordingId, wish.versionId);
    const whole = await transcriptDocument(this.#database, version.id, SEGMENTS_SHOWN);
    const document = pseudonymised ? (await this.#parts.copyOf(whole)).document : whole;
    return await previewOf(
      document,
      format,
      content,
      this.#parts.language(),
      this.#formatOptions(formatOptions),
      style,
    );
  }

  /**
   * Writes the current texts, or a version of one recording's, replacing nothing; a recording's first failure ends its
   * export and is reported with its reason.
   * @param among all recordings that are exported together, including these.
   * Throws `folder.notWritable` for a folder that was not given.
   */
  async write(
    recordingIds: readonly string[],
    choice: ExportChoice,
    among: readonly string[] = recordingIds,
    text: ExportedText = {},
  ): Promise<ExportOutcome> {
    if (!this.#given.has(choice.folder)) throw new AppError('folder.notWritable', { folder: choice.folder });
    this.#writing += 1;
    try {
      // Recomputed with the first one: names may have changed since the last export.
      if (recordingIds[0] === among[0]) this.#names = null;
      const names = await this.#namesAmong(among, choice.folder);
      return await this.#writeAll(recordingIds, choice, text, names);
    } finally {
      this.#writing -= 1;
    }
  }

  /**
   * Writes the current texts of recordings for the command line: into any folder, and over files of the same name
   * if requested. Reports to `listener` what is written and what fails.
   */
  async deliverTogether(
    recordings: readonly Recording[],
    wish: DeliveryWish,
    listener: DeliveryListener,
  ): Promise<void> {
    this.#writing += 1;
    try {
      await deliverTogether(this.#parts, recordings, wish, listener);
    } finally {
      this.#writing -= 1;
    }
  }

  /** Whether files are being written. */
  get isWriting(): boolean {
    return this.#writing > 0;
  }

  async #writeAll(
    recordingIds: readonly string[],
    choice: ExportChoice,
    text: ExportedText,
    names: ReadonlyMap<string, string | undefined>,
  ): Promise<ExportOutcome> {
    const outcome: ExportOutcome = { written: [], failed: [] };
    for (const recordingId of recordingIds) {
      const recording = await this.#database.recordings.get(recordingId);
      try {
        const name = names.get(recordingId);
        await this.#writeOne(recordingId, text, choice, name, outcome);
      } catch (error) {
        outcome.failed.push({ name: recording.name, failure: failureOf(asAppError(error)) });
      }
    }
    await this.#remember(recordingIds[0] ?? '', choice);
    return outcome;
  }

  /** The file names of recordings exported together. */
  async #namesAmong(
    among: readonly string[],
    folder: string,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const key = among.join();
    if (this.#names?.among === key) return this.#names.byRecording;
    const wanted = new Set(among);
    const recordings = (await this.#database.recordings.list()).filter(({ id }) => wanted.has(id));
    const names = distinguishingNames(
      recordings.map(({ name, sourcePath }) => ({ name, sourcePath, folder })),
    );
    const byRecording = new Map(recordings.map(({ id }, at) => [id, names[at]]));
    this.#names = { among: key, byRecording };
    return byRecording;
  }

  /** The last file written of a recording since the vault was opened. Throws `file.notFound`. */
  lastFileOf(recordingId: string): string {
    const file = this.#lastFile.get(recordingId);
    if (file === undefined) throw new AppError('file.notFound', { file: '' });
    return file;
  }

  /** What is exported. */
  async #version(recordingId: string, versionId: string | undefined): Promise<Version> {
    const recording = await this.#database.recordings.get(recordingId);
    return versionId === undefined
      ? await latestVersion(this.#database, recording)
      : await versionOf(this.#database, recordingId, versionId);
  }

  async #writeOne(
    recordingId: string,
    { versionId, pseudonymised }: ExportedText,
    choice: ExportChoice,
    baseName: string | undefined,
    outcome: ExportOutcome,
  ): Promise<void> {
    const version = await this.#version(recordingId, versionId);
    const { language, printer } = this.#parts;
    const delivery = {
      ...choice,
      baseName,
      formatOptions: this.#formatOptions(choice.formatOptions),
      timestamps: choice.content.times,
      overwrite: false,
    };
    await deliver(this.#database, version.id, delivery, {
      language: language(),
      ...(printer && { printer }),
      ...(pseudonymised && { copyOf: this.#parts.copyOf }),
      onWritten: ({ path }) => {
        outcome.written.push({ recordingId, path });
        this.#lastFile.set(recordingId, path);
      },
    });
  }

  #formatOptions(choice: FormatChoice): FormatOptions {
    return formatOptionsOf(choice, this.#parts.numbersLocale());
  }

  async #remember(recordingId: string, choice: ExportChoice): Promise<void> {
    const { matterId } = await this.#database.recordings.get(recordingId);
    if (matterId === null) await this.#database.settings.set({ key: LAST_EXPORT, value: choice });
    else await this.#database.matters.setLastExport({ id: matterId, choice });
  }
}

/** The service that would sync a folder elsewhere; null if none is known. */
async function syncedBy(folder: string): Promise<string | null> {
  try {
    await assertNotSynced(folder);
    return null;
  } catch (error) {
    if (isAppError(error, 'vault.syncedFolder')) return error.details.service;
    throw error;
  }
}
