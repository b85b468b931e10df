import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { jobOptionsFor } from '../../app/jobs/job-options.ts';
import { launchNodeEngine } from '../../app/jobs/node-engine.ts';
import { PROMPT } from '../../app/jobs/retry-policy.ts';
import { Models } from '../../app/models/models.ts';
import { openVaultApp, type VaultApp } from '../../app/open-app.ts';
import { openEphemeralVault } from '../../app/vault/open-vault.ts';
import { FULL_CONTENT } from '../../contract/document.ts';
import { AppError, errorOf } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import { isFinal } from '../../contract/job-states.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { type EphemeralFolder, removeEphemeralFolder } from '../../core/vault/ephemeral-vaults.ts';
import type { WorkFigures } from '../contract/watch-api.ts';
import type { WindowText } from '../flow/flow-content.ts';
import { type FlowRun, FlowSteps } from '../flow/flow-steps.ts';
import { transcribeParts } from '../flow/transcribe-parts.ts';
import { makeMemoryFolder } from '../memory-folder.ts';
import type { RecordingManifest } from '../sealing/recording-manifest.ts';
import { inSpan, pastSpan } from '../watch/spans.ts';

/** What comes of a recording: its transcript, or, of a long one, how many windows it was divided into. */
export type Transcription = TranscribedText | { readonly windows: number };

type JobEnd = Extract<CoreEvent, { type: 'jobEnded' }>;

/** A transcript, and what it took. */
export interface TranscribedText {
  /** JSON like the app's export. */
  readonly text: Uint8Array;
  readonly figures: WorkFigures;
}

/**
 * Transcribes opened recordings one at a time: the desktop's application on an ephemeral vault, whose engine keeps the model loaded.
 * An opened recording lies in memory while it is sealed into that vault, and is erased with its text once that has been given.
 */
export class Transcriber {
  readonly #app: VaultApp;
  readonly #model: string;
  readonly #scratch: EphemeralFolder;
  readonly #ends: JobEnds;
  readonly #flow: FlowSteps;

  private constructor(parts: {
    app: VaultApp;
    model: string;
    scratch: EphemeralFolder;
    ends: JobEnds;
    flow: FlowSteps;
  }) {
    this.#app = parts.app;
    this.#model = parts.model;
    this.#scratch = parts.scratch;
    this.#ends = parts.ends;
    this.#flow = parts.flow;
  }

  /** Opens one that transcribes with this model, an installed one's name or a file. Throws the models' and the vault's errors. */
  static async open(model: string): Promise<Transcriber> {
    const models = new Models();
    const { choice } = await models.resolve(model);
    const ends = new JobEnds();
    const flow = new FlowSteps();
    const scratch = await makeMemoryFolder('worker');
    const vault = await openEphemeralVault();
    try {
      const app = await openVaultApp({
        vault,
        models,
        launchEngine: launchNodeEngine,
        expectedModel: choice.path,
        emit: (event) => ends.note(event),
        // The office's queue tries again, with another worker if need be.
        retryPolicy: PROMPT,
        language: () => 'en',
        numbersLocale: () => 'en',
        documentsFolder: scratch.folder,
        steps: flow.steps,
      });
      await app.services.queue.start();
      return new Transcriber({ app, model, scratch, ends, flow });
    } catch (error) {
      await vault.seal();
      await removeEphemeralFolder(scratch);
      throw error;
    }
  }

  /** The transcript of a recording, however long it is. Throws as `transcribeFlow` does. */
  async transcribe(
    manifest: RecordingManifest,
    bytes: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
    onProgress?: (done: number) => void,
  ): Promise<TranscribedText> {
    const transcription = await this.transcribeFlow(manifest, bytes, null, signal, onProgress);
    if (!('text' in transcription)) throw new Error('what may not be divided was divided');
    return transcription;
  }

  /**
   * The transcript of a recording, as JSON like the app's export, or how many windows it was divided into. Throws what the bytes
   * and the division throw, the errors of import and transcription, and `job.interrupted` once the signal is aborted.
   * `onProgress` is told how much is done, 0 to 1.
   */
  async transcribeFlow(
    manifest: RecordingManifest,
    bytes: AsyncIterable<Uint8Array>,
    run: FlowRun | null,
    signal: AbortSignal,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<Transcription> {
    const folder = await mkdtemp(join(this.#scratch.folder, 'job-'));
    try {
      // The name is the client's: it is told by the manifest, not to the file system.
      const source = join(folder, `recording${safeEnding(manifest.name)}`);
      await inSpan('open', {}, () =>
        pipeline(Readable.from(bytes), createWriteStream(source, { mode: 0o600 }), { signal }),
      );
      return await this.#transcript(source, folder, manifest, run, signal, onProgress);
    } catch (error) {
      if (signal.aborted) throw new AppError('job.interrupted', {}, { cause: error });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** What comes of a window. Throws the engine's errors, `worker.otherModel`, and `job.interrupted` once the signal is aborted. */
  async transcribeWindow(
    window: Parameters<typeof transcribeParts>[2],
    signal: AbortSignal,
    onProgress: (done: number) => void = () => undefined,
  ): Promise<WindowText> {
    try {
      const options = await this.#options(window.task.language);
      return await transcribeParts(this.#app.services.engine, options, window, signal, onProgress);
    } catch (error) {
      if (signal.aborted) throw new AppError('job.interrupted', {}, { cause: error });
      throw error;
    }
  }

  /** Stops all work, and forgets everything. */
  async close(): Promise<void> {
    try {
      await this.#app.close();
    } finally {
      await removeEphemeralFolder(this.#scratch);
    }
  }

  async #transcript(
    source: string,
    folder: string,
    { language }: RecordingManifest,
    given: FlowRun | null,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<Transcription> {
    const { queue } = this.#app.services;
    const options = await this.#options(language);
    const divided = new AbortController();
    const stopped = AbortSignal.any([signal, divided.signal]);
    let windows: number | null = null;
    const run = notingDivision(given, (count) => {
      windows = count;
      divided.abort();
    });
    return await this.#flow.during(run, async () => {
      const { recordingId, jobId } = await queue.addFile(
        source,
        { matterId: null, track: null, speakers: options.speakers },
        options,
        {
          folder,
          formats: ['json'],
          timestamps: true,
          overwrite: true,
          baseName: 'transcript',
          content: { ...FULL_CONTENT, provenance: false },
        },
      );
      const fromMs = Date.now();
      const stop = () => void queue.cancel(jobId).catch(() => undefined);
      stopped.addEventListener('abort', stop, { once: true });
      try {
        if (stopped.aborted) stop();
        const { end, words, readyAtMs } = await this.#ends.of(jobId, recordingId, onProgress);
        const { state, failure } = end;
        const toMs = Date.now();
        pastSpan('decode', {}, { fromMs, toMs: readyAtMs ?? toMs });
        pastSpan('transcribe', {}, { fromMs, toMs });
        if (windows !== null) return { windows };
        if (state === 'cancelled') throw new AppError('job.interrupted', {});
        if (failure !== null) throw errorOf(failure);
        const text = await readFile(join(folder, 'transcript.json'));
        const audioMs = end.figures?.audioMs ?? 0;
        return { text, figures: { audioMs, processingMs: toMs - fromMs, words } };
      } finally {
        stopped.removeEventListener('abort', stop);
        await this.#app.recordings.erase(recordingId);
      }
    });
  }

  #options(language: RecordingManifest['language']): Promise<JobOptions> {
    return jobOptionsFor(this.#app.models, { ...DEFAULT_CHOICE, model: this.#model, language }, []);
  }
}

/** The same run, whose division is also told of. */
function notingDivision(run: FlowRun | null, onDivided: (windows: number) => void): FlowRun | null {
  if (run === null || !('division' in run)) return run;
  const { division } = run;
  return {
    division: {
      limits: division.limits,
      window: (...window) => division.window(...window),
      divided: async (facts, windows) => {
        await division.divided(facts, windows);
        onDivided(windows);
      },
    },
  };
}

/** What is heard of a job until it ended. */
interface Heard {
  readonly end: JobEnd;
  readonly words: number;
  /** When its recording was decoded; null if it was not. */
  readonly readyAtMs: number | null;
}

/** The ends of jobs and how far they are, for whoever waits for one. */
class JobEnds {
  readonly #ended = new Map<string, PromiseWithResolvers<JobEnd>>();
  readonly #told = new Map<string, (done: number) => void>();
  readonly #words = new Map<string, number>();
  readonly #readyAtMs = new Map<string, number>();

  note(event: CoreEvent): void {
    if (event.type === 'jobEnded' && isFinal(event.state)) this.#entry(event.jobId).resolve(event);
    if (event.type === 'jobProgress' && event.progress.percent !== null) {
      this.#told.get(event.jobId)?.(event.progress.percent / 100);
    }
    if (event.type === 'recordingReady') this.#readyAtMs.set(event.recordingId, Date.now());
    if (event.type === 'segmentsCommitted') {
      const words = event.segments.reduce((sum, segment) => sum + segment.words.length, 0);
      this.#words.set(event.jobId, (this.#words.get(event.jobId) ?? 0) + words);
    }
  }

  async of(jobId: string, recordingId: string, onProgress: (done: number) => void): Promise<Heard> {
    this.#told.set(jobId, onProgress);
    try {
      const end = await this.#entry(jobId).promise;
      const readyAtMs = this.#readyAtMs.get(recordingId) ?? null;
      return { end, words: this.#words.get(jobId) ?? 0, readyAtMs };
    } finally {
      this.#ended.delete(jobId);
      this.#told.delete(jobId);
      this.#words.delete(jobId);
      this.#readyAtMs.delete(recordingId);
    }
  }

  #entry(jobId: string): PromiseWithResolvers<JobEnd> {
    const entry = this.#ended.get(jobId) ?? Promise.withResolvers<JobEnd>();
    this.#ended.set(jobId, entry);
    return entry;
  }
}

/** The ending tells what a headerless recording is. */
function safeEnding(name: string): string {
  const ending = extname(name);
  return /^\.[A-Za-z0-9]{1,8}$/.test(ending) ? ending : '';
}
