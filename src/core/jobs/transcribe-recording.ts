import type { Span } from '../../contract/audio.ts';
import type { DecodingParameters } from '../../contract/engine.ts';
import { AppError, failureOf, isAppError } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/repositories/jobs.ts';
import type { PlannedWindow as PlannedRow } from '../database/repositories/windows.ts';
import type { Engine } from '../engine/engine.ts';
import { reached } from '../fault-points.ts';
import { fillWindow, type PlannedWindow } from '../speech/window-packer.ts';
import { placeSegments } from '../transcripts/place-segments.ts';
import type { Vault } from '../vault/vault.ts';
import { firstDecoding } from './decoding.ts';
import type { ImportedLayout, ImportFeed } from './import-feed.ts';
import { detectFirstLanguage, SpanLanguages } from './language-choice.ts';
import { oneAhead } from './one-ahead.ts';
import { type ChannelWindow, planWindows } from './plan-windows.ts';
import type { ProgressReporter } from './progress-reporter.ts';
import { type OrderedWindow, rangeFirst, windowSpan } from './range-first.ts';
import { spokenMs, transcribeWindow, type WindowAudio, type WindowResult } from './transcribe-window.ts';
import { WorkingCopyReader } from './working-copy-reader.ts';

/** What a transcription works with. */
export interface TranscriptionServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly engine: Engine;
  readonly emit: EventSink;
}

/** One attempt at a job. */
export interface TranscriptionTask {
  readonly job: Job;
  readonly versionId: string;
  readonly feed: ImportFeed;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
  /** Called when the last window has been found, as a rule while it is being transcribed. */
  readonly onEndInSight: () => void;
}

/** What an attempt has cost; the sum of all windows it finished. */
export interface TranscriptionFigures {
  inferenceMs: number;
  speechMs: number;
  windows: number;
  enginePeakMemoryBytes: number;
}

/**
 * Transcribes a recording window by window while it is being imported. Every finished window is durable; windows that
 * an earlier attempt has finished are not repeated. Throws the import's, the engine's and the vault's errors, and the
 * signal's reason. `figures` is filled as the work goes on, so that a failed attempt's figures are known too.
 */
export async function transcribeRecording(
  services: TranscriptionServices,
  task: TranscriptionTask,
  figures: TranscriptionFigures,
): Promise<void> {
  const reader = new WorkingCopyReader(services.vault, services.database, task.job.recordingId);
  try {
    await new Transcription(services, task, reader, figures).run();
  } finally {
    await reader.close();
  }
}

class Transcription {
  readonly #services: TranscriptionServices;
  readonly #task: TranscriptionTask;
  readonly #reader: WorkingCopyReader;
  readonly #figures: TranscriptionFigures;
  #firstPlanned: ChannelWindow | null = null;

  constructor(
    services: TranscriptionServices,
    task: TranscriptionTask,
    reader: WorkingCopyReader,
    figures: TranscriptionFigures,
  ) {
    this.#services = services;
    this.#task = task;
    this.#reader = reader;
    this.#figures = figures;
  }

  async run(): Promise<void> {
    const { database, engine } = this.#services;
    const { job, feed, progress, signal } = this.#task;
    const { id: jobId, options } = job;
    progress.enter('load');
    const load = () => engine.load(options.model.path, signal);
    const [layout, model] = await Promise.all([feed.layout(signal), twiceAtMost(load)]);
    checkModel(options, model.multilingual);
    progress.channelsKnown(layout.channels);
    // A model that knows only English cannot be asked which language it hears.
    const choice = model.multilingual ? options.language : 'en';

    const planned = await database.windows.list(jobId);
    const finished = new Map(
      planned.filter((row) => row.completedAtMs !== null).map((row) => [windowKey(row), row.inferenceMs]),
    );
    progress.enter('transcribe');
    const plan = (until: AbortSignal) => rangeFirst(this.#plan(layout, choice, planned, until), rangeOf(job));
    // Ahead, so that the engine does not wait while the next window is looked for.
    for await (const next of oneAhead(plan, signal)) {
      const { endMs } = windowSpan(next.window);
      const inferenceMs = finished.get(windowKey(next));
      if (inferenceMs !== undefined) {
        // Telling the languages of the spans apart takes its time too, which nobody has noted.
        progress.finishedEarlier(next, choice === 'mixed' ? null : inferenceMs, endMs);
        continue;
      }
      await this.#transcribe(next, layout, choice);
      // What was put first lies ahead of the stretch up to which all is transcribed.
      progress.windowEnds(next.first ? null : endMs);
    }
  }

  async *#plan(
    layout: ImportedLayout,
    choice: string,
    planned: PlannedRow[],
    signal: AbortSignal,
  ): AsyncGenerator<ChannelWindow> {
    const { database, engine } = this.#services;
    const { job, feed, progress } = this.#task;
    const spans = new SpanLanguages(engine, this.#reader, job.options, signal, planned);
    const request = {
      recordingId: job.recordingId,
      channels: layout.channels,
      span: job.span,
      speakersApart: layout.layout === 'speakers',
      keepSilence: job.options.keepSilence,
      languageOf: choice === 'mixed' ? spans.languageOf.bind(spans) : null,
    };
    for await (const next of planWindows(database, request, feed, signal, progress)) {
      this.#firstPlanned ??= next;
      yield next;
    }
    this.#task.onEndInSight();
  }

  async #transcribe(next: OrderedWindow, layout: ImportedLayout, choice: string): Promise<void> {
    const { database, emit } = this.#services;
    const { job, versionId, progress } = this.#task;
    const { id: jobId, options } = job;
    const { channel, windowIndex } = next;
    const language =
      next.window.language ?? (choice === 'auto' ? await this.#detectedLanguage(next) : choice);
    const planned = await database.windows.plan({
      jobId,
      channel,
      windowIndex,
      plan: { ...next.window, language },
      plannedAtMs: Date.now(),
    });
    reached('window.planned');
    // What an earlier attempt has planned here stands, even if another release would plan otherwise.
    const window = planned.plan;
    progress.windowBegins({ channel, window });
    const audio = { pcm: await this.#pcmOf(channel, window), speech: speechIn(window) };
    const result = await this.#heard(next, audio, firstDecoding(options, language));
    reached('window.transcribed');

    const segments = placeSegments(window, result.segments, {
      language: options.translate ? 'en' : language,
      speaker: layout.layout === 'speakers' && options.speakers !== 'none' ? `Speaker ${channel + 1}` : null,
      flags: result.assessment.flags,
    });
    await database.windows.complete({
      jobId,
      versionId,
      channel,
      windowIndex,
      inferenceMs: Math.round(result.inferenceMs),
      completedAtMs: Date.now(),
      segments,
      findings: { language: null, notUnderstood: [] },
    });
    reached('window.committed');
    this.#count(spokenMs(audio.speech), result);
    emit({ type: 'segmentsCommitted', jobId, segments });
  }

  /** Transcribes a window, telling of its words as they come; once more where the engine fails on it. */
  async #heard(
    next: OrderedWindow,
    audio: WindowAudio,
    parameters: DecodingParameters,
  ): Promise<WindowResult> {
    const { engine, database, emit } = this.#services;
    const { job, progress, signal } = this.#task;
    const { id: jobId, options } = job;
    const { startMs, endMs } = windowSpan(next.window);
    const watch = {
      signal,
      onProgress: (percent: number) => {
        if (!next.first) progress.advance(startMs + ((endMs - startMs) * Math.min(99, percent)) / 100);
      },
      onSegments: (segments: { text: string }[]) =>
        emit({ type: 'wordsHeard', jobId, text: segments.map((segment) => segment.text).join('') }),
    };
    return await twiceAtMost(
      () => transcribeWindow(engine, options.model.path, audio, parameters, watch),
      async (error) => {
        emit({ type: 'jobHindered', jobId, failure: failureOf(error) });
        await database.windows.noteFailure({ jobId, channel: next.channel, windowIndex: next.windowIndex });
        progress.windowBegins(next);
      },
    );
  }

  /**
   * The language of the whole job, detected once on its first speech and kept with it: on the first window planned, so
   * that a range put first changes nothing.
   */
  async #detectedLanguage(next: ChannelWindow): Promise<string> {
    const { database, engine, emit } = this.#services;
    const { job, signal } = this.#task;
    const { id: jobId, options } = job;
    const known = (await database.jobs.get(jobId)).detectedLanguage;
    if (known !== null) return known;
    const { channel, window } = this.#firstPlanned ?? next;
    const pcm = await this.#pcmOf(channel, window);
    const guess = await twiceAtMost(
      () => detectFirstLanguage(engine, options, pcm, signal),
      (error) => emit({ type: 'jobHindered', jobId, failure: failureOf(error) }),
    );
    await database.jobs.setLanguage({ jobId, ...guess });
    emit({ type: 'languageDetected', jobId, ...guess });
    return guess.language;
  }

  #pcmOf(channel: number, window: PlannedWindow): Promise<Int16Array> {
    return fillWindow(window, (startMs, durationMs) => this.#reader.read(channel, startMs, durationMs));
  }

  #count(speechMs: number, { inferenceMs, peakMemoryBytes }: WindowResult): void {
    const figures = this.#figures;
    figures.inferenceMs += inferenceMs;
    figures.speechMs += speechMs;
    figures.windows += 1;
    figures.enginePeakMemoryBytes = Math.max(figures.enginePeakMemoryBytes, peakMemoryBytes);
  }
}

/** What kills or stalls the engine once may have had bad luck; twice in one run, and the attempt has failed. */
async function twiceAtMost<T>(
  work: () => Promise<T>,
  onFailure?: (error: AppError) => Promise<void> | void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error, 'engine.crashed', 'engine.stalled', 'engine.failed')) throw error;
    await onFailure?.(error);
    return await work();
  }
}

function checkModel(options: JobOptions, multilingual: boolean): void {
  if (multilingual) return;
  const model = options.model.name;
  if (options.translate) throw new AppError('model.cannotTranslate', { model });
  if (!['auto', 'mixed', 'en'].includes(options.language)) {
    throw new AppError('model.englishOnly', { model, language: options.language });
  }
}

function windowKey({ channel, windowIndex }: { channel: number; windowIndex: number }): string {
  return `${channel}/${windowIndex}`;
}

function rangeOf({ rangeStartMs, rangeEndMs }: Job): Span | null {
  return rangeStartMs === null || rangeEndMs === null ? null : { startMs: rangeStartMs, endMs: rangeEndMs };
}

/** Where speech was heard in a window, in window time. */
function speechIn({ pieces }: PlannedWindow): Span[] {
  return pieces.flatMap(({ windowStartMs, recordingStartMs, speech }) => {
    const shiftMs = windowStartMs - recordingStartMs;
    return speech.map(({ startMs, endMs }) => ({ startMs: startMs + shiftMs, endMs: endMs + shiftMs }));
  });
}
