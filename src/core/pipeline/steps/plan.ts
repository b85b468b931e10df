import { type Span, totalMs } from '../../../contract/audio.ts';
import { failureOf } from '../../../contract/errors.ts';
import type { Job } from '../../database/jobs/jobs.db.ts';
import { fillWindow, type PlannedWindow, speechIn } from '../../speech/window-packer.ts';
import { DECIDING_SPEECH_MS, SpanLanguages } from '../language-choice.ts';
import { type ChannelWindow, planWindows } from '../plan-windows.ts';
import { rangeFirst, windowSpan } from '../range-first.ts';
import { twiceAtMost } from '../twice-at-most.ts';
import { quickDecoding } from '../window/decoding.ts';
import { openingOf } from '../window/interim-text.ts';
import type { JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';

/** The language is decided on speech that begins this long after the first at most: the second may come an hour later. */
const DECIDING_WITHIN_MS = 10 * 60_000;

/**
 * Plans the windows for the engine, in the order in which they are to be transcribed. Before the first of a
 * recording is passed on, its opening is transcribed as interim text, and if the language is to be detected it is decided.
 * The same detected speech results in the same windows whenever they are planned, so an interrupted plan is made again.
 */
export const planStep: JobStep = {
  name: 'plan',
  streams: true,
  silent: true,
  // It takes time only if the language of each span is detected.
  weight: ({ options }) => (options.language === 'mixed' ? 10 : 0),
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, progress, signal) {
    const observed = async function* () {
      for await (const window of planned(context, signal)) {
        progress.doneUntil(windowSpan(window.window).endMs);
        yield window;
      }
    };
    await context.windows.fill(rangeFirst(observed(), priorityRangeOf(context.job)), signal);
  },
};

async function* planned(context: JobContext, signal: AbortSignal): AsyncGenerator<ChannelWindow> {
  const { services, job, feed, reader, language, speech } = context;
  const { channels } = await feed.layout(signal);
  const earlier = await services.database.windows.list(job.id);
  const spans = new SpanLanguages(services.engine, reader, job.options, signal, earlier);
  const languageOf = language.choice === 'mixed' ? spans.languageOf.bind(spans) : null;
  const inOrder = async function* () {
    for await (const window of planWindows(channels, languageOf, speech.values(signal))) {
      // All the work ahead becomes known. Beside an import that would only take memory and time from it.
      if (feed.durationMs !== null) speech.raiseLimit(Number.POSITIVE_INFINITY);
      yield window;
    }
  };
  const windows = inOrder();
  const isUndecided = await language.begin(signal);
  // Nothing is transcribed yet, and the user may wait for the first words.
  if (earlier.length === 0) yield* opening(context, windows, isUndecided, signal);
  else if (isUndecided) yield* decided(context, windows, []);
  yield* windows;
}

/**
 * Emits the recording's first words as interim text, from a short run over the opening of its first window, and yields
 * the windows that had to be planned for it.
 */
async function* opening(
  context: JobContext,
  windows: AsyncGenerator<ChannelWindow>,
  isUndecided: boolean,
  signal: AbortSignal,
): AsyncGenerator<ChannelWindow> {
  const { engine, emit } = context.services;
  const { id: jobId, options } = context.job;
  const first = await windows.next();
  if (first.done) return;
  const { window } = first.value;
  const pcm = openingOf({ pcm: await pcmOf(context, first.value), speech: speechIn(window) });
  if (pcm !== null) {
    await context.language.consider(pcm);
    const quick = quickDecoding(options, await context.language.soFar(window), engine);
    const { path } = options.model;
    const { segments } = await twiceAtMost(() => engine.transcribe(path, pcm, quick, { signal }));
    const text = segments.map((segment) => segment.text).join('');
    if (text.trim() !== '') emit({ type: 'interimText', jobId, text });
  }
  if (isUndecided) yield* decided(context, windows, [first.value]);
  else yield first.value;
}

/** Decides the job's language on the first windows that hold enough speech, stores it, and yields those windows. */
async function* decided(
  context: JobContext,
  windows: AsyncGenerator<ChannelWindow>,
  first: ChannelWindow[],
): AsyncGenerator<ChannelWindow> {
  const { services, job, language } = context;
  const deciding = [...first];
  let speechMs = deciding.reduce((sum, { window }) => sum + totalMs(speechIn(window)), 0);
  while (speechMs < DECIDING_SPEECH_MS) {
    const { done, value } = await windows.next();
    if (done) break;
    deciding.push(value);
    speechMs += totalMs(speechIn(value.window));
    if (startOf(value) - startOf(deciding[0] ?? value) > DECIDING_WITHIN_MS) break;
  }
  if (deciding.length > 0) {
    const pcm = (index: number) => pcmOf(context, deciding[index] as ChannelWindow);
    await twiceAtMost(
      () =>
        language.decide(
          deciding.map(({ window }) => window),
          pcm,
        ),
      (error) => services.emit({ type: 'jobHindered', jobId: job.id, failure: failureOf(error) }),
    );
    await language.keep();
  }
  yield* deciding;
}

/** The audio of a window: 16 kHz PCM. */
export function pcmOf({ reader }: JobContext, { channel, window }: ChannelAudio): Promise<Int16Array> {
  return fillWindow(window, (startMs, durationMs) => reader.read(channel, startMs, durationMs));
}

/** The location of a window's audio. */
interface ChannelAudio {
  readonly channel: number;
  readonly window: PlannedWindow;
}

function startOf({ window }: ChannelWindow): number {
  return windowSpan(window).startMs;
}

/** The range of the recording that is transcribed first, if the user chose one. */
function priorityRangeOf({ priorityStartMs, priorityEndMs }: Job): Span | null {
  return priorityStartMs === null || priorityEndMs === null
    ? null
    : { startMs: priorityStartMs, endMs: priorityEndMs };
}
