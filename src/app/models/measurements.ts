import { AppError, failureOf } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { ModelAdvice, ModelHere } from '../../contract/models.ts';
import { type ProcessingQuality, qualityThreads } from '../../contract/quality.ts';
import type { ModelView } from '../../contract/views.ts';
import { Engine } from '../../core/engine/engine.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { packagedFfmpegFolder } from '../../core/folders.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { type ModelSpeed, thisProcessor } from '../../core/models/model-speeds.ts';
import type { InstalledModel } from '../../core/models/model-store.ts';
import { measureSpeed } from '../../core/pipeline/measure-speed.ts';
import { asAppError } from '../../core/system-errors.ts';
import { modelAdvice } from './model-advice.ts';
import { modelView, modelViews } from './model-views.ts';
import type { Models } from './models.ts';
import { ModelsHere, thisMachine } from './this-machine.ts';

/** Dependencies of the measurements. */
export interface MeasurementsParts {
  readonly models: Models;
  readonly launchEngine: EngineLauncher;
  readonly ffmpegFolder?: string;
  readonly quality: () => ProcessingQuality;
  /** Whether something is transcribed, recorded or read: what is measured meanwhile would be wrong, and in its way. */
  readonly isBusy: () => Promise<boolean>;
  /** The options that a job was made with. */
  readonly optionsOfJob: (jobId: string) => Promise<Pick<JobOptions, 'model' | 'threads'>>;
  /** A measurement began or ended: called with all models. */
  readonly onChange: (models: ModelView[]) => void;
}

/** Milliseconds without work, after opening the vault, before what was never measured is. */
const FIRST_IDLE_MS = 120_000;
/** Milliseconds until a waiting measurement looks again whether there is nothing to do. */
const POLL_MS = 15_000;

/**
 * Measures models one after the other while nothing else is to do. A job that begins meanwhile stops the measurement, which
 * then begins again when it can.
 */
export class Measurements {
  readonly #parts: MeasurementsParts;
  readonly #waiting = new Set<string>();
  readonly #failures = new Map<string, NonNullable<ModelHere['measureFailure']>>();
  #running: { readonly name: string; readonly stop: AbortController; readonly ended: Promise<void> } | null =
    null;
  /** Jobs that an earlier attempt had begun: how long they took as a whole is not known. */
  readonly #resumed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #learning: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: MeasurementsParts) {
    this.#parts = parts;
  }

  /** A measurement's state, and why the last one failed. */
  of(name: string): Pick<ModelHere, 'measuring' | 'measureFailure'> {
    const measuring = this.#running?.name === name ? 'running' : this.#waiting.has(name) ? 'waits' : 'no';
    return { measuring, measureFailure: this.#failures.get(name) ?? null };
  }

  /** The models of this machine, and the official ones that can be imported. */
  async views(): Promise<ModelView[]> {
    const { models, quality } = this.#parts;
    const list = await models.list();
    return modelViews(list, new ModelsHere(await models.speeds(), list.installed, quality()), this);
  }

  /** One of the installed ones. */
  async view(model: InstalledModel): Promise<ModelView> {
    const { models, quality } = this.#parts;
    const { installed } = await models.list();
    return modelView(model, new ModelsHere(await models.speeds(), installed, quality()), this);
  }

  /** The one larger model to bring onto this machine. */
  async advice(): Promise<ModelAdvice> {
    const { models, quality } = this.#parts;
    const list = await models.list();
    return modelAdvice(list, new ModelsHere(await models.speeds(), list.installed, quality()));
  }

  /** Measures an installed model as soon as nothing else is to do. Throws `model.notFound`. */
  async wish(name: string): Promise<void> {
    // By its name alone: the window names no paths.
    const known = (await this.#parts.models.list()).installed.map((model) => model.name);
    if (!known.includes(name)) throw new AppError('model.notFound', { model: name, known });
    this.#failures.delete(name);
    if (this.#running?.name !== name) this.#waiting.add(name);
    await this.#next();
  }

  /** Measures the default model after two minutes without work, if no speed of it is known. */
  begin(): void {
    this.#look(FIRST_IDLE_MS, () => this.#wishDefault());
  }

  /** The threads of transcriptions have changed: what was measured with others no longer tells. */
  async threadsChanged(): Promise<void> {
    this.#running?.stop.abort();
    const { models } = this.#parts;
    const speeds = await models.speeds();
    for (const { name, sha256 } of (await models.list()).installed) {
      if (speeds.some((speed) => speed.sha256 === sha256)) await this.#wishIfUnknown(name);
    }
    await this.#tell();
  }

  /** Follows the jobs: one that begins stops a measurement. */
  follow(event: CoreEvent): void {
    if (event.type === 'jobStarted') {
      this.interrupt();
      if (event.resumed) this.#resumed.add(event.jobId);
    }
    if (event.type === 'jobEnded' && !this.#isClosed) {
      // What is learnt is only a better guess of when others will be ready.
      this.#learning = this.#learning.then(() => this.#learn(event)).catch(() => undefined);
    }
    if (event.type === 'jobEnded' && this.#waiting.size > 0) this.#look(POLL_MS, () => this.#next());
  }

  /** Of a job that went through in one go. */
  async #learn({ jobId, state, figures }: Extract<CoreEvent, { type: 'jobEnded' }>): Promise<void> {
    const wasResumed = this.#resumed.delete(jobId);
    if (state !== 'done' || figures === null || wasResumed) return;
    const { models, quality, optionsOfJob } = this.#parts;
    const { model, threads } = await optionsOfJob(jobId);
    if (threads !== null) return;
    const here = { processor: thisProcessor(), threads: qualityThreads(quality(), thisMachine().cores) };
    await models.learnFrom({ sha256: model.sha256, ...here }, figures);
    await this.#tell();
  }

  /** Stops a measurement for work that begins; it is made later. */
  interrupt(): void {
    const running = this.#running;
    if (running === null) return;
    this.#waiting.add(running.name);
    running.stop.abort();
  }

  /** Stops for good, when what was learnt is stored. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting.clear();
    const running = this.#running;
    running?.stop.abort();
    await running?.ended;
    await this.#learning;
  }

  async #wishDefault(): Promise<void> {
    if (await this.#parts.isBusy()) return this.begin();
    const usual = (await this.#parts.models.list()).installed.find(({ isDefault }) => isDefault);
    if (usual !== undefined) await this.#wishIfUnknown(usual.name);
  }

  async #wishIfUnknown(name: string): Promise<void> {
    const view = (await this.views()).find((one) => one.installed && one.name === name);
    if (view?.here.speed === null) await this.wish(name);
  }

  /** Begins with the first that waits, if nothing is to do; else looks again later. */
  async #next(): Promise<void> {
    if (this.#isClosed || this.#running !== null) return;
    const isBusy = await this.#parts.isBusy();
    const [name] = this.#waiting;
    if (this.#isClosed || this.#running !== null || name === undefined) return;
    if (isBusy) this.#look(POLL_MS, () => this.#next());
    else {
      this.#waiting.delete(name);
      const stop = new AbortController();
      this.#running = { name, stop, ended: this.#measure(name, stop.signal) };
    }
    await this.#tell();
  }

  async #measure(name: string, signal: AbortSignal): Promise<void> {
    const { quality, models } = this.#parts;
    try {
      await models.keepSpeed(await measuredSpeed({ ...this.#parts, quality: quality() }, name, signal));
    } catch (error) {
      if (!signal.aborted) this.#failures.set(name, failureOf(asAppError(error)));
    }
    this.#running = null;
    if (this.#isClosed) return;
    await this.#tell();
    // After an interruption the job that caused it may not be running yet.
    if (signal.aborted) this.#look(POLL_MS, () => this.#next());
    else await this.#next();
  }

  #look(afterMs: number, act: () => Promise<void>): void {
    if (this.#isClosed) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    // What goes wrong is that the vault was closed meanwhile.
    this.#timer = setTimeout(() => void act().catch(() => undefined), afterMs);
    this.#timer.unref();
  }

  async #tell(): Promise<void> {
    if (!this.#isClosed) this.#parts.onChange(await this.views());
  }
}

/**
 * Measures a model's speed on an engine of its own, and stores nothing. Throws the model store's, the engine's and the
 * decoder's errors, `ffmpeg.missing`, and the signal's reason.
 */
export async function measuredSpeed(
  parts: Pick<MeasurementsParts, 'models' | 'launchEngine' | 'ffmpegFolder'> & {
    readonly quality: ProcessingQuality;
  },
  name: string | null,
  signal: AbortSignal,
): Promise<ModelSpeed> {
  const { models, launchEngine, quality, ffmpegFolder = packagedFfmpegFolder() } = parts;
  const { choice } = await models.resolve(name);
  const ffmpeg = await findFfmpeg({ packagedFolder: ffmpegFolder });
  const engine = new Engine(launchEngine);
  engine.setQuality(quality);
  try {
    return await measureSpeed({ engine, ffmpeg, signal }, choice);
  } finally {
    await engine.close();
  }
}
