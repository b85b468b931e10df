import { SAMPLES_PER_MS, type Span, totalMs } from '../../contract/audio.ts';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { PlannedWindow as PlannedRow } from '../database/jobs/windows.db.ts';
import type { Engine } from '../engine/engine.ts';
import { reached } from '../fault-points.ts';
import { toRecordingMs } from '../speech/time-map.ts';
import { fillWindow, type PlannedWindow, windowDurationMs } from '../speech/window-packer.ts';
import { placeSegments } from '../transcripts/place-segments.ts';
import type { Vault } from '../vault/vault.ts';
import { firstDecoding, quickDecoding } from './decoding.ts';
import type { ImportedLayout, ImportFeed } from './import-feed.ts';
import { openingOf } from './interim-text.ts';
import { DECIDING_SPEECH_MS, LanguageDecision, SpanLanguages, tellingStretches } from './language-choice.ts';
import { type ChannelWindow, planWindows } from './plan-windows.ts';
import { prefetch } from './prefetch.ts';
import type { ProgressReporter } from './progress-reporter.ts';
import { type OrderedWindow, rangeFirst, windowSpan } from './range-first.ts';
import { transcribeWindow, type WindowAudio, type WindowResult } from './transcribe-window.ts';
import { twiceAtMost } from './twice-at-most.ts';
import { VoiceActivityOfParts } from './voice-activity.ts';
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
  vadMs: number;
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

/** The language is decided on speech that begins within so long after the first: nobody waits an hour for a second word. */
const DECIDING_WITHIN_MS = 10 * 60_000;

/** A first window that is so sure of another language than was decided on changes the decision. */
const SURE_OF_LANGUAGE = 0.8;

class Transcription {
  readonly #services: TranscriptionServices;
  readonly #task: TranscriptionTask;
  readonly #reader: WorkingCopyReader;
  readonly #figures: TranscriptionFigures;
  readonly #activity: VoiceActivityOfParts;
  /** What decides the language of a job whose language is detected; null in all others, and once it is beyond doubt. */
  #decision: LanguageDecision | null = null;
  #multilingual = false;

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
    const { database, engine } = services;
    this.#activity = new VoiceActivityOfParts(
      { database, engine, reader },
      task.job.recordingId,
      task.signal,
    );
  }

  async run(): Promise<void> {
    const { database, engine } = this.#services;
    const { job, feed, progress, signal } = this.#task;
    const { id: jobId, options } = job;
    progress.enter('load');
    const load = () => engine.load(options.model.path, signal);
    const [layout, model] = await Promise.all([feed.layout(signal), twiceAtMost(load)]);
    checkModel(options, model.multilingual);
    this.#multilingual = model.multilingual;
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
    for await (const next of prefetch(plan, signal)) {
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
    const windows = planWindows({ database, activity: this.#activity }, request, feed, signal, progress);
    const isDetected = choice === 'auto' && (await database.jobs.get(job.id)).detectedLanguage === null;
    if (isDetected) {
      const usual = await database.jobs.languageUses(job.recordingId);
      this.#decision = new LanguageDecision(engine, job.options, usual, signal);
    }
    try {
      // Nothing has been heard yet, and somebody may wait for the first words.
      if (planned.length === 0) yield* this.#opening(windows, choice);
      else if (isDetected) yield* this.#decided(windows, []);
      yield* windows;
    } finally {
      // Whoever leaves before the end leaves nothing behind that still listens.
      await windows.return(undefined);
    }
    this.#task.onEndInSight();
  }

  /**
   * Tells the first words of the recording as interim text, from a short run over the opening of its first window, and gives
   * the windows that had to be planned for it.
   */
  async *#opening(windows: AsyncGenerator<ChannelWindow>, choice: string): AsyncGenerator<ChannelWindow> {
    const { engine, emit } = this.#services;
    const { job, signal } = this.#task;
    const { id: jobId, options } = job;
    const first = await windows.next();
    if (first.done) return;
    const { channel, window } = first.value;
    const opening = openingOf({ pcm: await this.#pcmOf(channel, window), speech: speechIn(window) });
    if (opening !== null) {
      await this.#decision?.listen(opening);
      const language =
        window.language ??
        this.#decision?.best.language ??
        (choice === 'auto' ? await this.#detectedLanguage() : choice);
      const { path } = options.model;
      const quick = quickDecoding(options, language);
      const { segments } = await twiceAtMost(() => engine.transcribe(path, opening, quick, { signal }));
      const text = segments.map((segment) => segment.text).join('');
      if (text.trim() !== '') emit({ type: 'interimText', jobId, text });
    }
    if (this.#decision === null) yield first.value;
    else yield* this.#decided(windows, [first.value]);
  }

  /** Decides the job's language on the first windows that hold enough speech, keeps it, and gives those windows. */
  async *#decided(
    windows: AsyncGenerator<ChannelWindow>,
    planned: ChannelWindow[],
  ): AsyncGenerator<ChannelWindow> {
    const { emit } = this.#services;
    const { id: jobId } = this.#task.job;
    let spoken = planned.reduce((sum, { window }) => sum + totalMs(speechIn(window)), 0);
    while (spoken < DECIDING_SPEECH_MS) {
      const { done, value } = await windows.next();
      if (done) break;
      planned.push(value);
      spoken += totalMs(speechIn(value.window));
      const sinceMs =
        windowSpan(value.window).startMs - windowSpan((planned[0] as ChannelWindow).window).startMs;
      if (sinceMs > DECIDING_WITHIN_MS) break;
    }
    if (planned.length > 0) {
      await twiceAtMost(
        () => this.#listenFor(planned),
        (error) => emit({ type: 'jobHindered', jobId, failure: failureOf(error) }),
      );
      await this.#keepLanguage();
    }
    yield* planned;
  }

  async #listenFor(planned: readonly ChannelWindow[]): Promise<void> {
    const decision = this.#decision;
    const stretches = tellingStretches(planned.map(({ window }) => windowDurationMs(window)));
    // The opening has been listened to.
    for (const { window: index, startMs, endMs } of decision?.hasHeard ? stretches.slice(1) : stretches) {
      const { channel, window } = planned[index] as ChannelWindow;
      const pcm = await this.#pcmOf(channel, window);
      await decision?.listen(pcm.slice(startMs * SAMPLES_PER_MS, endMs * SAMPLES_PER_MS));
    }
  }

  async #keepLanguage(): Promise<void> {
    if (this.#decision === null) return;
    const { database, emit } = this.#services;
    const { id: jobId } = this.#task.job;
    const { best } = this.#decision;
    await database.jobs.setLanguage({ jobId, ...best });
    emit({ type: 'languageDetected', jobId, ...best });
  }

  async #transcribe(next: OrderedWindow, layout: ImportedLayout, choice: string): Promise<void> {
    const { database, emit } = this.#services;
    const { job, versionId, progress } = this.#task;
    const { id: jobId, options } = job;
    const { channel, windowIndex } = next;
    const place = { jobId, channel, windowIndex };
    const planned = await database.windows.plan({ ...place, plan: next.window });
    reached('window.planned');
    // What an earlier attempt has planned here stands, even if another release would plan otherwise.
    const window = planned.plan;
    progress.windowBegins({ channel, window });
    const audio = { pcm: await this.#pcmOf(channel, window), speech: speechIn(window) };
    let language = window.language ?? (choice === 'auto' ? await this.#detectedLanguage() : choice);
    let result = await this.#heard(next, audio, language);
    if (await this.#isInOtherLanguage(result, audio)) {
      language = await this.#detectedLanguage();
      result = await this.#heard(next, audio, language);
    }
    reached('window.transcribed');

    const speaker =
      layout.layout === 'speakers' && options.speakers !== 'none' ? `Speaker ${channel + 1}` : null;
    const translated = options.translate ? { language: 'en' } : {};
    const heard = result.segments.map((segment) => ({ ...segment, ...translated }));
    const segments = placeSegments(window, heard, speaker);
    await database.windows.complete({
      ...place,
      versionId,
      inferenceMs: Math.round(result.inferenceMs),
      completedAtMs: Date.now(),
      segments,
      findings: {
        language: result.language,
        notUnderstood: result.notUnderstood.map(({ startMs, endMs }) => ({
          startMs: Math.round(toRecordingMs(window, startMs)),
          endMs: Math.round(toRecordingMs(window, endMs, 'end')),
        })),
      },
    });
    reached('window.committed');
    this.#count(totalMs(audio.speech), result);
    emit({ type: 'segmentsCommitted', jobId, segments });
  }

  /**
   * Whether the first window of a job, heard whole, is sure of another language than was decided on less of it; the job's
   * language is then that one.
   */
  async #isInOtherLanguage({ language: guess }: WindowResult, audio: WindowAudio): Promise<boolean> {
    const decision = this.#decision;
    this.#decision = null;
    if (decision === null || guess === null || guess.probability < SURE_OF_LANGUAGE) return false;
    const before = decision.best.language;
    decision.add([guess], totalMs(audio.speech));
    if (decision.best.language === before) return false;
    this.#decision = decision;
    await this.#keepLanguage();
    this.#decision = null;
    return true;
  }

  /** Transcribes a window, telling of its words as they come; once more where the engine fails on it. */
  async #heard(next: OrderedWindow, audio: WindowAudio, language: string): Promise<WindowResult> {
    const { engine, database, emit } = this.#services;
    const { job, progress, signal } = this.#task;
    const { id: jobId, options } = job;
    const { startMs, endMs } = windowSpan(next.window);
    const request = {
      modelPath: options.model.path,
      decoding: firstDecoding(options, language),
      keepSilence: options.keepSilence,
      otherLanguages: ['auto', 'mixed'].includes(options.language) && this.#multilingual,
    };
    const watch = {
      signal,
      onProgress: (percent: number) => {
        if (!next.first) progress.advance(startMs + ((endMs - startMs) * Math.min(99, percent)) / 100);
      },
      onSegments: (segments: { text: string }[]) =>
        emit({ type: 'interimText', jobId, text: segments.map((segment) => segment.text).join('') }),
    };
    return await twiceAtMost(
      () => transcribeWindow(engine, audio, request, watch),
      async (error) => {
        emit({ type: 'jobHindered', jobId, failure: failureOf(error) });
        await database.windows.noteFailure({ jobId, channel: next.channel, windowIndex: next.windowIndex });
        progress.windowBegins(next);
      },
    );
  }

  /** The language that was decided on for the whole job. */
  async #detectedLanguage(): Promise<string> {
    const { detectedLanguage } = await this.#services.database.jobs.get(this.#task.job.id);
    if (detectedLanguage === null) throw new Error('The language is decided before the first window');
    return detectedLanguage;
  }

  #pcmOf(channel: number, window: PlannedWindow): Promise<Int16Array> {
    return fillWindow(window, (startMs, durationMs) => this.#reader.read(channel, startMs, durationMs));
  }

  #count(speechMs: number, { inferenceMs, peakMemoryBytes }: WindowResult): void {
    const figures = this.#figures;
    figures.inferenceMs += inferenceMs;
    figures.vadMs = this.#activity.computeMs;
    figures.speechMs += speechMs;
    figures.windows += 1;
    figures.enginePeakMemoryBytes = Math.max(figures.enginePeakMemoryBytes, peakMemoryBytes);
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
