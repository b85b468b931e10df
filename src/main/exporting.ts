import type { Delivery, ExportFormat } from '../contract/document.ts';
import { AppError, type Failure, failureOf, isAppError } from '../contract/errors.ts';
import type { UserLanguage } from '../contract/user-language.ts';
import { ExportChoice } from '../contract/views.ts';
import type { Database } from '../core/database/database.ts';
import { render } from '../core/export/render.ts';
import { deliver } from '../core/jobs/deliver.ts';
import { asAppError } from '../core/system-errors.ts';
import { latestDocument } from '../core/transcripts/transcript-document.ts';
import { assertNotSynced } from '../core/vault/synced-folder.ts';

/** The setting that keeps the last export of recordings without a matter. */
const LAST_EXPORT = 'lastExport';

/** A preview shows the beginning: nobody reads hours in it. */
const PREVIEW_SEGMENTS = 60;

/** What became of an export. */
export interface ExportOutcome {
  readonly written: string[];
  readonly failed: { name: string; failure: Failure }[];
}

/**
 * Exports current transcripts. A page names only folders that it was given: by the user's choice in the system's dialog,
 * or as the last one used.
 */
export class Exporting {
  readonly #database: Database;
  readonly #language: () => UserLanguage;
  readonly #defaultFolder: string;
  readonly #given = new Set<string>();
  readonly #lastFile = new Map<string, string>();

  constructor(database: Database, language: () => UserLanguage, defaultFolder: string) {
    this.#database = database;
    this.#language = language;
    this.#defaultFolder = defaultFolder;
  }

  /** What was chosen last in the matter of this recording. Throws `recording.notFound`. */
  async lastChoice(recordingId: string): Promise<ExportChoice> {
    const { matterId } = await this.#database.recordings.get(recordingId);
    const stored =
      matterId === null
        ? await this.#database.settings.get(LAST_EXPORT)
        : (await this.#database.matters.get(matterId))?.lastExport;
    const parsed = ExportChoice.safeParse(stored);
    const first: ExportChoice = { folder: this.#defaultFolder, formats: ['docx'], timestamps: false };
    const choice = parsed.success ? parsed.data : first;
    this.#given.add(choice.folder);
    return choice;
  }

  /** Takes a folder that the user has chosen, and tells which service would copy it elsewhere, if one is known. */
  async give(folder: string): Promise<{ folder: string; synced: string | null }> {
    this.#given.add(folder);
    try {
      await assertNotSynced(folder);
      return { folder, synced: null };
    } catch (error) {
      if (isAppError(error, 'vault.syncedFolder')) return { folder, synced: error.details.service };
      throw error;
    }
  }

  /** The beginning of a recording's transcript as text; a Word document by its plain text. */
  async preview(recordingId: string, format: ExportFormat, timestamps: boolean): Promise<string> {
    const document = await latestDocument(this.#database, await this.#database.recordings.get(recordingId));
    const beginning = { ...document, segments: document.segments.slice(0, PREVIEW_SEGMENTS) };
    const shown = format === 'docx' ? 'txt' : format;
    const options = { format: shown, timestamps, language: this.#language() } as const;
    return Buffer.concat(await render(beginning, options)).toString('utf8');
  }

  /** Writes the transcripts; those that fail are told with their reasons. Throws `folder.notWritable` for any other folder. */
  async write(recordingIds: readonly string[], delivery: Delivery): Promise<ExportOutcome> {
    if (!this.#given.has(delivery.folder))
      throw new AppError('folder.notWritable', { folder: delivery.folder });
    const outcome: ExportOutcome = { written: [], failed: [] };
    for (const recordingId of recordingIds) {
      const recording = await this.#database.recordings.get(recordingId);
      try {
        const document = await latestDocument(this.#database, recording);
        const paths = await deliver(document, delivery, this.#language());
        outcome.written.push(...paths);
        this.#lastFile.set(recordingId, paths.at(-1) ?? '');
        await this.#note(recordingId, delivery);
      } catch (error) {
        outcome.failed.push({ name: recording.name, failure: failureOf(asAppError(error)) });
      }
    }
    await this.#remember(recordingIds[0] ?? '', delivery);
    return outcome;
  }

  /** The file that was last written of a recording since the vault was opened. Throws `file.notFound`. */
  lastFileOf(recordingId: string): string {
    const file = this.#lastFile.get(recordingId);
    if (file === undefined) throw new AppError('file.notFound', { file: '' });
    return file;
  }

  async #note(recordingId: string, { formats }: Delivery): Promise<void> {
    const version = await this.#database.versions.latest(recordingId);
    await this.#database.audit.append({
      atMs: Date.now(),
      action: 'version.exported',
      subjectId: version?.id ?? null,
      outcome: 'done',
      detail: { formats },
    });
  }

  async #remember(recordingId: string, { folder, formats, timestamps }: Delivery): Promise<void> {
    const choice: ExportChoice = { folder, formats, timestamps };
    const { matterId } = await this.#database.recordings.get(recordingId);
    if (matterId === null) await this.#database.settings.set({ key: LAST_EXPORT, value: choice });
    else await this.#database.matters.setLastExport({ id: matterId, choice });
  }
}
