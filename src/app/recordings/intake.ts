import { basename, isAbsolute, join } from 'node:path';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { AppEvent, ImportOutcome } from '../../contract/ipc.ts';
import type { LeftOutNote } from '../../contract/left-out.ts';
import { isModelName } from '../../contract/model-files.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { type ModelView, TranscriptionChoice } from '../../contract/views.ts';
import { note } from '../../core/diagnostics/note.ts';
import { resourcesFolder } from '../../core/folders.ts';
import { expandInputs, type Inputs } from '../../core/media/sources/expand-inputs.ts';
import { fileIdentity } from '../../core/media/sources/file-identity.ts';
import { asAppError } from '../../core/system-errors.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Measurements } from '../models/measurements.ts';
import type { Models } from '../models/models.ts';
import type { Batch, IntakeChoice, IntakeMemory, RejectedFile } from './intake-memory.ts';
import { leftOutNotes, underWayNote } from './left-out-notes.ts';
import type { RecordingServices } from './recordings.ts';

/** Dependencies of an intake. */
export interface IntakeParts {
  readonly services: RecordingServices;
  readonly models: Models;
  readonly measurements: Measurements;
  readonly jobs: Jobs;
  readonly tell: (event: AppEvent) => void;
  readonly memory: IntakeMemory;
}

/** Imports recordings and speech models, and starts transcriptions. */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #underWay = new Set<Promise<unknown>>();
  /** Recording ids of files passed for import, by file identity, to detect those still being read. */
  readonly #arriving = new Map<string, Promise<string>>();
  #isEnding = false;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /** Whether files that the user has passed are not in the vault yet: sealing it would lose them. */
  get isTaking(): boolean {
    return this.#underWay.size > 0;
  }

  /** Finishes the current file and leaves the others for the vault's next opening. Nothing is imported after that. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await Promise.allSettled(this.#underWay);
  }

  /**
   * Imports files, folders and models by their absolute paths, one after the other, in the order given. If the vault
   * has to be sealed meanwhile, the rest is imported when it is next open, and is not in the outcome.
   */
  bringIn(paths: readonly string[], choice: IntakeChoice): Promise<ImportOutcome> {
    return this.#taking(async (outcome) => {
      const expanded = await expandInputs(paths.filter((path) => isAbsolute(path)));
      await this.#leaveOut(leftOutNotes(expanded, paths), outcome);
      await this.#bringInAll(expanded, paths, choice, outcome);
    });
  }

  /** Resumes what was not imported when the vault was last sealed, or the app was killed. */
  resume(): void {
    for (const batch of this.#parts.memory.unfinished) {
      // Each file's own failure is stored with its reason; the rest is tried at the next opening.
      this.#taking((outcome) => this.#bringInBatch(batch, outcome)).catch(() => undefined);
    }
  }

  /** The rejected files that were not dismissed. */
  rejections(): ImportOutcome['rejected'] {
    return this.#parts.memory.rejected.map(rejectionOf);
  }

  /** Dismisses these rejected files. */
  async dismiss(tickets: readonly string[]): Promise<void> {
    await this.#parts.memory.dismiss(tickets);
    this.#tellRejections();
  }

  /** Left-out files of drops that were not dismissed. */
  leftOut(): LeftOutNote[] {
    return [...this.#parts.memory.leftOut];
  }

  /** Dismisses left-out files. */
  async dismissLeftOut(tickets: readonly string[]): Promise<void> {
    await this.#parts.memory.dismissLeftOut(tickets);
    this.#tellLeftOut();
  }

  /** Retries a rejected file, with the audio track to use. Throws `file.notFound` for an unknown ticket. */
  async again(ticket: string, track: number | 'mix' | null, choice: IntakeChoice): Promise<ImportOutcome> {
    const path = await this.#parts.memory.takeRejected(ticket);
    this.#tellRejections();
    return await this.#taking((outcome) => this.#bringInFile(path, choice, track, outcome));
  }

  /** Imports the bundled sample recordings. */
  async bringInSamples(): Promise<string[]> {
    const samples = [join(resourcesFolder(), 'samples')];
    const choice = { matterId: null, choice: DEFAULT_CHOICE };
    const outcome = await this.#taking(async (taken) =>
      // What lies beside them is the app's own.
      this.#bringInAll(await expandInputs(samples), samples, choice, taken),
    );
    return outcome.added;
  }

  /**
   * Copies a model onto this machine, and measures it once nothing else is to do. A larger one for as many languages replaces
   * the bundled one as the default.
   */
  async bringInModel(file: string): Promise<ModelView> {
    const { models, measurements, tell } = this.#parts;
    const name = basename(file);
    const imported = await models.import(file, (copiedBytes, totalBytes) =>
      tell({ type: 'modelCopying', name, copiedBytes, totalBytes }),
    );
    await models.preferIfBetter(imported);
    await this.modelsChanged();
    await measurements.wish(imported.name);
    return await measurements.view(imported);
  }

  /** Emits the models. */
  async modelsChanged(): Promise<ModelView[]> {
    const { measurements, tell } = this.#parts;
    const views = await measurements.views();
    tell({ type: 'modelsChanged', models: views });
    return views;
  }

  /** Transcribes what waits for a speech model, in a vault of a release without a bundled one. Throws nothing. */
  async startWaiting(): Promise<void> {
    const { jobs, services } = this.#parts;
    const { recordings } = services.database;
    for (const { id, waitingChoice, binnedAtMs } of await recordings.list()) {
      if (waitingChoice === null || binnedAtMs !== null) continue;
      // A stored choice of another shape is replaced by the default.
      const choice = TranscriptionChoice.safeParse(waitingChoice).data ?? DEFAULT_CHOICE;
      try {
        await jobs.transcribe(id, choice);
        await recordings.setWaitingChoice({ recordingId: id, choice: null });
      } catch {
        // Without its model it stays as is, and the user starts it with another; the vault opens anyway.
      }
    }
  }

  async #bringInAll(
    { inputs }: Inputs,
    paths: readonly string[],
    choice: IntakeChoice,
    outcome: ImportOutcome,
  ): Promise<void> {
    const files = inputs.filter(({ error, sameAs }) => error === null && sameAs === null);
    const all = [...paths.filter((path) => !isAbsolute(path)), ...files.map(({ path }) => path)];
    const batch = await this.#parts.memory.add(all, choice);
    for (const { path, error } of inputs) if (error !== null) await this.#reject(path, error, outcome);
    await this.#bringInBatch(batch, outcome);
  }

  async #bringInBatch({ id, files, choice }: Batch, outcome: ImportOutcome): Promise<void> {
    const { memory } = this.#parts;
    for (const file of files) {
      if (this.#isEnding) return;
      await this.#bringInFile(file, choice, null, outcome);
      await memory.advance(id);
    }
    await memory.finish(id);
  }

  async #taking(take: (outcome: ImportOutcome) => Promise<void>): Promise<ImportOutcome> {
    const outcome: ImportOutcome = { added: [], models: [], rejected: [], leftOut: [] };
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
      if (isModelName(path)) outcome.models.push(await this.bringInModel(path));
      else await this.#bringInOnce(path, choice, track, outcome);
    } catch (error) {
      await this.#reject(path, error, outcome);
    }
  }

  /** A file that is still being read from an earlier drop is not added again. */
  async #bringInOnce(
    path: string,
    choice: IntakeChoice,
    track: number | 'mix' | null,
    outcome: ImportOutcome,
  ): Promise<void> {
    const { imports } = this.#parts.services;
    const identity = (await fileIdentity(path)) ?? path;
    const earlier = this.#arriving.get(identity);
    const known = earlier === undefined ? null : await earlier.catch(() => null);
    if (known !== null && imports.isReadingOf(known)) {
      await this.#leaveOut([underWayNote(path)], outcome);
      return;
    }
    const arriving = this.#bringInRecording(path, choice, track);
    this.#arriving.set(identity, arriving);
    outcome.added.push(await arriving);
  }

  async #bringInRecording(path: string, choice: IntakeChoice, track: number | 'mix' | null): Promise<string> {
    const { jobs } = this.#parts;
    const options = await jobs.optionsFor(choice.matterId, choice.choice);
    const importOptions = { matterId: choice.matterId, track, speakers: choice.choice.speakers };
    return (await jobs.queue.addFile(path, importOptions, options, null)).recordingId;
  }

  async #reject(path: string, error: unknown, outcome: ImportOutcome): Promise<void> {
    const known = asAppError(error);
    note({ event: 'fileRefused', code: known.code });
    const rejected = await this.#parts.memory.reject(path, failureOf(known));
    outcome.rejected.push(rejectionOf(rejected));
    this.#tellRejections();
  }

  async #leaveOut(notes: readonly LeftOutNote[], outcome: ImportOutcome): Promise<void> {
    if (notes.length === 0) return;
    await this.#parts.memory.leaveOut(notes);
    outcome.leftOut.push(...notes);
    this.#tellLeftOut();
  }

  #tellLeftOut(): void {
    this.#parts.tell({ type: 'leftOutChanged', notes: this.leftOut() });
  }

  #tellRejections(): void {
    this.#parts.tell({ type: 'rejectionsChanged', rejected: this.rejections() });
  }
}

function rejectionOf({ ticket, path, failure }: RejectedFile): ImportOutcome['rejected'][number] {
  return { ticket, name: basename(path), failure };
}
