import { AppError } from '../contract/errors.ts';
import type { CoreEvent, EventSink } from '../contract/events.ts';
import type { AppEvent } from '../contract/ipc.ts';
import type { UserLanguage } from '../contract/user-language.ts';
import type { EngineLauncher } from '../core/engine/engine-process.ts';
import type { PdfPrinter } from '../core/export/export-transcript.ts';
import { findFfmpeg } from '../core/media/find-ffmpeg.ts';
import type { ModelStore } from '../core/models/model-store.ts';
import type { Vault } from '../core/vault/vault.ts';
import { Exporting } from './export/exporting.ts';
import { PATIENT } from './jobs/retry-policy.ts';
import { Intake } from './recordings/intake.ts';
import { IntakeMemory } from './recordings/intake-memory.ts';
import { Library } from './recordings/library.ts';
import { Arrivals } from './transcripts/arrivals.ts';
import { TranscriptEditor } from './transcripts/transcript-editor.ts';
import { UnsavedTyping } from './transcripts/unsaved-typing.ts';
import type { CurtainEvent, VaultWork } from './vault/vault-session.ts';
import { Workspace } from './workspace.ts';

/** What an open vault needs of its surroundings. */
export interface OpenVaultParts {
  readonly models: ModelStore;
  readonly launchEngine: EngineLauncher;
  /** Where the ffmpeg lies that came with the app. */
  readonly ffmpegFolder: string;
  /** Tells the window, if there is one that may know. */
  readonly tell: (event: AppEvent) => void;
  /** Hears of everything that happens in the core, whether there is a window or not. */
  readonly watch: (event: CoreEvent) => void;
  readonly language: () => UserLanguage;
  /** How this machine writes numbers, as a BCP 47 locale. */
  readonly numbersLocale: () => string;
  /** Where exports go at first. */
  readonly documentsFolder: string;
  readonly printer: PdfPrinter;
}

/** An open vault with all that works on it, and what the window asks of it. */
export class OpenVault implements VaultWork {
  readonly workspace: Workspace;
  readonly models: ModelStore;
  readonly library: Library;
  readonly intake: Intake;
  readonly editor: TranscriptEditor;
  readonly exporting: Exporting;
  readonly unsaved: UnsavedTyping;

  private constructor(workspace: Workspace, library: Library, memory: IntakeMemory, parts: OpenVaultParts) {
    const { models, tell, language, numbersLocale, documentsFolder, printer } = parts;
    this.workspace = workspace;
    this.models = models;
    this.library = library;
    this.intake = new Intake({ workspace, models, tell, memory });
    this.editor = new TranscriptEditor(workspace.database, {
      onEdit: (recordingId) => workspace.typing.edited(recordingId),
      onKeptBefore: (kept) => tell({ type: 'keptBefore', ...kept }),
    });
    this.unsaved = new UnsavedTyping(this.editor);
    this.exporting = new Exporting({
      database: workspace.database,
      language,
      numbersLocale,
      defaultFolder: documentsFolder,
      printer,
    });
  }

  /** Starts to work on an open vault: empties its bin, resumes its imports, its queue and what was being brought in. */
  static async begin(vault: Vault, parts: OpenVaultParts): Promise<OpenVault> {
    const ffmpeg = await findFfmpeg({ packagedFolder: parts.ffmpegFolder });
    // Nothing happens before the queue is started, and by then all that listen are there.
    const listeners: EventSink[] = [parts.watch, (event) => parts.tell({ type: 'core', event })];
    const emit: EventSink = (event) => {
      for (const listener of listeners) listener(event);
    };
    const { launchEngine } = parts;
    const language = parts.language();
    const workspace = await Workspace.open({
      vault,
      ffmpeg,
      launchEngine,
      emit,
      retryPolicy: PATIENT,
      language,
    });
    const library = new Library(workspace, parts.tell);
    const arrivals = new Arrivals(workspace.database, parts.tell);
    listeners.push(
      (event) => library.take(event),
      (event) => arrivals.take(event),
    );
    const memory = await IntakeMemory.load(workspace.database);
    const open = new OpenVault(workspace, library, memory, parts);
    await library.emptyBin(Date.now());
    await open.#resumeImports();
    await workspace.queue.start();
    await open.intake.startWaiting();
    open.intake.resume();
    return open;
  }

  get vault(): Vault {
    return this.workspace.vault;
  }

  async isIdle(): Promise<boolean> {
    // It is in this process alone: to seal the vault now would lose it.
    if (!(await this.unsaved.store())) return false;
    if (this.isReading || this.workspace.joining.isJoining || this.exporting.isWriting) return false;
    const jobs = await this.workspace.database.jobs.list();
    return !jobs.some(({ state }) => state === 'queued' || state === 'running' || state === 'waiting');
  }

  /** Whether files that the user has handed over are still being read: their sources are needed. */
  get isReading(): boolean {
    return this.intake.isTaking || this.workspace.imports.isReading;
  }

  /** The names in the vault's matters. */
  async ownNames(): Promise<string[]> {
    const matters = await this.workspace.database.matters.list();
    return matters.flatMap(({ name, speakers, vocabulary }) => [name, ...speakers, ...vocabulary]);
  }

  async curtain(event: CurtainEvent): Promise<void> {
    const { database, log } = this.workspace;
    if (event !== 'drawn') {
      return await log.write('vault.unlocked', { outcome: event === 'drawnBack' ? 'done' : 'failed' });
    }
    await database.editSessions.bind({ recordingId: null, atMs: Date.now() });
    await log.write('vault.locked');
  }

  async close(): Promise<void> {
    await this.intake.end();
    await this.unsaved.store();
    this.library.close();
    await this.workspace.close();
  }

  /** Tells the window of the row that a job belongs to. */
  async touchJob(jobId: string): Promise<void> {
    this.library.touch([(await this.workspace.database.jobs.get(jobId)).recordingId]);
  }

  /** Deletes a model from this machine. Throws `model.inUse` while a job needs it, and the model store's errors. */
  async removeModel(name: string): Promise<void> {
    const jobs = await this.workspace.database.jobs.list();
    const isNeeded = jobs.some(
      ({ options, state }) =>
        options.model.name === name && (state === 'queued' || state === 'running' || state === 'waiting'),
    );
    if (isNeeded) throw new AppError('model.inUse', { model: name });
    await this.models.remove(name);
  }

  /** Imports that were interrupted and that no job will ask for go on by themselves. */
  async #resumeImports(): Promise<void> {
    const { database, imports } = this.workspace;
    const jobs = await database.jobs.list();
    for (const { id } of await database.recordings.list({ state: 'importing' })) {
      if (jobs.some(({ recordingId }) => recordingId === id)) continue;
      // None of them holds up the others: what cannot be read is told when that is known.
      void imports.resume(id);
    }
  }
}
