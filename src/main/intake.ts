import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { AppError, failureOf } from '../contract/errors.ts';
import type { EventSink } from '../contract/events.ts';
import type { AppEvent, ImportOutcome } from '../contract/ipc.ts';
import type { JobOptions, JobSpan } from '../contract/job.ts';
import { type ModelView, TranscriptionChoice } from '../contract/views.ts';
import { resourcesFolder } from '../core/folders.ts';
import { expandInputs } from '../core/media/expand-inputs.ts';
import type { ModelStore } from '../core/models/model-store.ts';
import { asAppError } from '../core/system-errors.ts';
import type { Workspace } from '../core/workspace.ts';
import type { Batch, IntakeChoice, IntakeMemory, RejectedFile } from './intake-memory.ts';
import { modelView, modelViews } from './model-views.ts';
import { DEFAULT_CHOICE, jobOptionsFor } from './transcription-options.ts';

/** What an intake works with. */
export interface IntakeParts {
  readonly workspace: Workspace;
  readonly models: ModelStore;
  readonly tell: (event: AppEvent) => void;
  /** Tells what the core does not say itself: a recording that waits for a model. */
  readonly emit: EventSink;
  readonly memory: IntakeMemory;
}

/** Brings recordings and speech models in, and starts their transcriptions. */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #underWay = new Set<Promise<unknown>>();
  #isEnding = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Whether files that the user has handed over are not in the vault yet: to seal it now would lose them. */
  get isTaking(): boolean {
    return this.#underWay.size > 0;
  }

  /** Finishes the file in hand and leaves the others for the next time the vault is open. Nothing can be brought in afterwards. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.allSettled(this.#underWay);
  }

  /**
   * Brings in files, folders and models by their absolute paths, one after the other, in the order given. Where the vault
   * has to be sealed meanwhile, those that are not in come in when it is next open, and are not in the outcome.
   */
  bringIn(paths: readonly string[], choice: IntakeChoice): Promise<ImportOutcome> {
    return this.#taking(async (outcome) => {
      const errors = new Map<string, AppError>();
      const inputs = await expandInputs(paths.filter((path) => isAbsolute(path)));
      for (const { path, error } of inputs) if (error !== null) errors.set(path, error);
      const files = [...paths.filter((path) => !isAbsolute(path)), ...inputs.map(({ path }) => path)];
      await this.#bringInBatch(await this.#parts.memory.add(files, choice), errors, outcome);
    });
  }

  /** Goes on with what was not in when the vault was last sealed, or the app was killed. */
  resume(): void {
    for (const batch of this.#parts.memory.unfinished) {
      // Each file's own failure is kept with its reason; what remains is tried at the next opening.
      this.#taking((outcome) => this.#bringInBatch(batch, new Map(), outcome)).catch(() => undefined);
    }
  }

  /** The files that could not be taken and were not put away. */
  rejections(): ImportOutcome['rejected'] {
    return this.#parts.memory.rejected.map(rejectionOf);
  }

  /** Puts away that these files could not be taken. */
  async dismiss(tickets: readonly string[]): Promise<void> {
    await this.#parts.memory.dismiss(tickets);
    this.#tellRejections();
  }

  /** Tries a rejected file again, with the audio track to take. Throws `file.notFound` for an unknown ticket. */
  async again(ticket: string, track: number | 'mix' | null, choice: IntakeChoice): Promise<ImportOutcome> {
    const path = await this.#parts.memory.takeRejected(ticket);
    this.#tellRejections();
    return await this.#taking((outcome) => this.#bringInFile(path, choice, track, outcome));
  }

  /** Brings in the recordings that come with the app; the sample model knows their words. */
  async bringInSamples(): Promise<string[]> {
    const folder = samplesFolder();
    const files = (await readdir(folder)).sort().map((name) => join(folder, name));
    const choice = { ...DEFAULT_CHOICE, model: 'sample' };
    return (await this.bringIn(files, { matterId: null, choice, useSample: true })).added;
  }

  /** Queues a transcription of a recording in the vault, or keeps it until there is a model. */
  async transcribe(recordingId: string, choice: TranscriptionChoice, useSample: boolean): Promise<void> {
    const { database, queue } = this.#parts.workspace;
    const { matterId, sourcePath, name } = await database.recordings.get(recordingId);
    const options = await this.#options({ matterId, choice, useSample }, sourcePath);
    await database.recordings.setWaitingChoice({ recordingId, choice: options === null ? choice : null });
    // Begun anew it takes the place of what is not finished.
    if (options !== null)
      await queue.cancelOthers(recordingId, await queue.addJob(recordingId, options, null));
    else this.#parts.emit({ type: 'recordingAdded', recordingId, jobId: null, name });
  }

  /** Queues a stretch of a recording to be transcribed again, with the model that was chosen for it; gives the job's id. */
  async transcribeSpan(recordingId: string, span: JobSpan, choice: TranscriptionChoice): Promise<string> {
    const { database, queue } = this.#parts.workspace;
    const { matterId } = await database.recordings.get(recordingId);
    const matter = matterId === null ? null : await database.matters.get(matterId);
    const options = await jobOptionsFor(this.#parts.models, choice, matter?.vocabulary ?? []);
    return await queue.addSpan(recordingId, options, span);
  }

  /** Copies a model onto this machine; the first real one becomes the default, and what waited for it starts. */
  async bringInModel(file: string): Promise<ModelView> {
    const { models, tell } = this.#parts;
    const name = basename(file);
    const imported = await models.import(file, {
      onProgress: (copiedBytes, totalBytes) => tell({ type: 'modelCopying', name, copiedBytes, totalBytes }),
    });
    if ((await models.resolve(null)).choice.isSample) await models.setDefault(imported.name);
    await this.modelsChanged();
    return modelView(imported);
  }

  /** Tells of the models, and starts what waited for one. */
  async modelsChanged(): Promise<ModelView[]> {
    const { models, tell, workspace } = this.#parts;
    const views = await modelViews(models);
    tell({ type: 'modelsChanged', models: views });
    for (const { id, waitingChoice, binnedAtMs } of await workspace.database.recordings.list()) {
      const choice = TranscriptionChoice.safeParse(waitingChoice);
      if (choice.success && binnedAtMs === null) await this.transcribe(id, choice.data, false);
    }
    return views;
  }

  async #bringInBatch(
    { id, files, choice }: Batch,
    errors: ReadonlyMap<string, AppError>,
    outcome: ImportOutcome,
  ): Promise<void> {
    const { memory } = this.#parts;
    for (const file of files) {
      if (this.#isEnding) return;
      const error = errors.get(file);
      if (error !== undefined) await this.#reject(file, error, outcome);
      else await this.#bringInFile(file, choice, null, outcome);
      await memory.advance(id);
    }
    await memory.finish(id);
  }

  async #taking(take: (outcome: ImportOutcome) => Promise<void>): Promise<ImportOutcome> {
    const outcome: ImportOutcome = { added: [], models: [], rejected: [] };
    const taken = take(outcome);
    this.#underWay.add(taken);
    try {
      await taken;
      return outcome;
    } finally {
      this.#underWay.delete(taken);
    }
  }

  async #bringInFile(
    path: string,
    choice: IntakeChoice,
    track: number | 'mix' | null,
    outcome: ImportOutcome,
  ): Promise<void> {
    try {
      if (!isAbsolute(path)) throw new AppError('file.notOnDisk', { file: basename(path) });
      if (extname(path).toLowerCase() === '.bin') outcome.models.push(await this.bringInModel(path));
      else outcome.added.push(await this.#bringInRecording(path, choice, track));
    } catch (error) {
      await this.#reject(path, error, outcome);
    }
  }

  async #bringInRecording(path: string, choice: IntakeChoice, track: number | 'mix' | null): Promise<string> {
    const { workspace, emit } = this.#parts;
    const options = await this.#options(choice, path);
    const importOptions = { matterId: choice.matterId, track, speakers: choice.choice.speakers };
    if (options !== null)
      return (await workspace.queue.addFile(path, importOptions, options, null)).recordingId;
    const recordingId = await workspace.imports.add(path, importOptions);
    await workspace.database.recordings.setWaitingChoice({ recordingId, choice: choice.choice });
    emit({ type: 'recordingAdded', recordingId, jobId: null, name: basename(path) });
    return recordingId;
  }

  /** The job's options; null where it has to wait for a model. */
  async #options({ matterId, choice, useSample }: IntakeChoice, path: string): Promise<JobOptions | null> {
    const { workspace, models } = this.#parts;
    const matter = matterId === null ? null : await workspace.database.matters.get(matterId);
    if (matterId !== null && matter === null) throw new AppError('matter.notFound', {});
    const options = await jobOptionsFor(models, choice, matter?.vocabulary ?? []);
    const mayUseSample = useSample || dirname(resolve(path)) === samplesFolder();
    return options.model.isSample && !mayUseSample ? null : options;
  }

  async #reject(path: string, error: unknown, outcome: ImportOutcome): Promise<void> {
    const rejected = await this.#parts.memory.reject(path, failureOf(asAppError(error)));
    outcome.rejected.push(rejectionOf(rejected));
    this.#tellRejections();
  }

  #tellRejections(): void {
    this.#parts.tell({ type: 'rejectionsChanged', rejected: this.rejections() });
  }
}

function rejectionOf({ ticket, path, failure }: RejectedFile): ImportOutcome['rejected'][number] {
  return { ticket, name: basename(path), failure };
}

function samplesFolder(): string {
  return join(resourcesFolder(), 'samples');
}
