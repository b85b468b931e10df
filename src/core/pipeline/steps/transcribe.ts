import { totalMs } from '../../../contract/audio.ts';
import { failureOf } from '../../../contract/errors.ts';
import { reached } from '../../fault-points.ts';
import { toRecordingMs } from '../../speech/time-map.ts';
import { type PlannedWindow, speechIn } from '../../speech/window-packer.ts';
import { TRANSCRIBE } from '../progress/progress-reporter.ts';
import { type OrderedWindow, windowSpan } from '../range-first.ts';
import { twiceAtMost } from '../twice-at-most.ts';
import { firstDecoding } from '../window/decoding.ts';
import { placeSegments } from '../window/place-segments.ts';
import { transcribeWindow, type WindowAudio, type WindowResult } from '../window/transcribe-window.ts';
import type { JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';
import { pcmOf } from './plan.ts';

/**
 * Transcribes the planned windows one by one. Each is durable when it is finished, and a window that an earlier attempt has
 * finished is not repeated. Throws the engine's and the vault's errors.
 */
export const transcribeStep: JobStep = {
  name: TRANSCRIBE,
  streams: true,
  weight: () => 100,
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, { enter }, signal) {
    const { job, services, feed, windows, progress, language } = context;
    // Between windows it stops for both; the window in hand is finished unless it is stopped at once.
    const stopped = AbortSignal.any([signal, context.atWindow]);
    const { layout } = await feed.layout(stopped);
    const isSpeakerOfChannel = layout === 'speakers' && job.options.speakers !== 'none';
    const earlier = await services.database.windows.list(job.id);
    const finished = new Map(
      earlier.filter((row) => row.completedAtMs !== null).map((row) => [windowKey(row), row.inferenceMs]),
    );
    enter();
    for await (const next of windows.values(stopped)) {
      const { endMs } = windowSpan(next.window);
      const inferenceMs = finished.get(windowKey(next));
      if (inferenceMs !== undefined) {
        // Detecting the languages of the spans takes time too, which is not recorded.
        progress.finishedEarlier(next, language.choice === 'mixed' ? null : inferenceMs, endMs);
        continue;
      }
      await finishWindow(context, next, isSpeakerOfChannel ? `Speaker ${next.channel + 1}` : null, signal);
      // The range transcribed first is ahead of the range up to which all is transcribed.
      progress.windowEnds(next.first ? null : endMs);
    }
    context.transcribed.abort();
  },
};

async function finishWindow(
  context: JobContext,
  next: OrderedWindow,
  speaker: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { services, job, version, progress, language } = context;
  const { database, emit } = services;
  const { id: jobId, options } = job;
  const { channel, windowIndex } = next;
  const place = { jobId, channel, windowIndex };
  const planned = await database.windows.plan({ ...place, plan: next.window });
  reached('window.planned');
  // The plan of an earlier attempt is kept, even if another release would plan otherwise.
  const window = planned.plan;
  progress.windowBegins({ channel, window });
  const audio = { pcm: await pcmOf(context, { channel, window }), speech: speechIn(window) };
  let result = await transcribed(context, next, audio, await language.of(window), signal);
  if (await language.isCorrectedBy(result.language, totalMs(audio.speech))) {
    result = await transcribed(context, next, audio, await language.of(window), signal);
  }
  reached('window.transcribed');

  const translated = options.translate ? { language: 'en' } : {};
  const segments = placeSegments(
    window,
    result.segments.map((segment) => ({ ...segment, ...translated })),
    speaker,
  );
  await database.windows.complete({
    ...place,
    versionId: version.id,
    inferenceMs: Math.round(result.inferenceMs),
    completedAtMs: Date.now(),
    segments,
    findings: { language: result.language, notUnderstood: notUnderstoodIn(window, result) },
  });
  reached('window.committed');
  count(context, totalMs(audio.speech), result);
  emit({ type: 'segmentsCommitted', jobId, segments });
}

/** Transcribes a window, emitting its words as interim text as they come; once more if the engine fails on it. */
async function transcribed(
  { services, job, progress, language: { multilingual } }: JobContext,
  next: OrderedWindow,
  audio: WindowAudio,
  language: string,
  signal: AbortSignal,
): Promise<WindowResult> {
  const { engine, database, emit } = services;
  const { id: jobId, options } = job;
  const { startMs, endMs } = windowSpan(next.window);
  const request = {
    modelPath: options.model.path,
    decoding: firstDecoding(options, language, engine),
    keepSilence: options.keepSilence,
    otherLanguages: ['auto', 'mixed'].includes(options.language) && multilingual,
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

/** Speech without words, in recording time. */
function notUnderstoodIn(window: PlannedWindow, { notUnderstood }: WindowResult) {
  return notUnderstood.map(({ startMs, endMs }) => ({
    startMs: Math.round(toRecordingMs(window, startMs)),
    endMs: Math.round(toRecordingMs(window, endMs, 'end')),
  }));
}

function count(
  { meter }: JobContext,
  speechMs: number,
  { inferenceMs, peakMemoryBytes }: WindowResult,
): void {
  meter.inferenceMs += inferenceMs;
  meter.speechMs += speechMs;
  meter.windows += 1;
  meter.enginePeakMemoryBytes = Math.max(meter.enginePeakMemoryBytes, peakMemoryBytes);
}

function windowKey({ channel, windowIndex }: { channel: number; windowIndex: number }): string {
  return `${channel}/${windowIndex}`;
}
