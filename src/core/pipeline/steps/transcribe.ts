import { totalMs } from '../../../contract/audio.ts';
import { failureOf } from '../../../contract/errors.ts';
import { reached } from '../../fault-points.ts';
import { toRecordingMs } from '../../speech/time-map.ts';
import { type PlannedWindow, speechIn } from '../../speech/window-packer.ts';
import type { ImportedLayout } from '../import/import-feed.ts';
import type { ChannelWindow } from '../plan-windows.ts';
import { TRANSCRIBE } from '../progress/progress-reporter.ts';
import { type OrderedWindow, windowSpan } from '../range-first.ts';
import { twiceAtMost } from '../twice-at-most.ts';
import { placeSegments } from '../window/place-segments.ts';
import {
  transcribeWindow,
  type WindowAudio,
  type WindowResult,
  windowRequest,
} from '../window/transcribe-window.ts';
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
    const layout = await feed.layout(stopped);
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
      await finishWindow(context, next, layout, signal);
      // The range transcribed first is ahead of the range up to which all is transcribed.
      progress.windowEnds(next.first ? null : endMs);
    }
    context.transcribed.abort();
  },
};

/** Transcribes a planned window and commits what came of it, which it also returns. Throws the engine's and the vault's errors. */
export async function finishWindow(
  context: JobContext,
  next: OrderedWindow,
  layout: ImportedLayout,
  signal: AbortSignal,
): Promise<WindowResult> {
  const { progress, language } = context;
  const { channel } = next;
  const window = await plannedWindow(context, next);
  progress.windowBegins({ channel, window });
  const audio = { pcm: await pcmOf(context, { channel, window }), speech: speechIn(window) };
  let result = await transcribed(context, next, audio, await language.of(window), signal);
  if (await language.isCorrectedBy(result.language, totalMs(audio.speech))) {
    result = await transcribed(context, next, audio, await language.of(window), signal);
  }
  reached('window.transcribed');
  await commitWindow(context, { ...next, window }, result, layout);
  count(context, totalMs(audio.speech), result);
  return result;
}

/** Stores a window's plan, and returns that of an earlier attempt, if there is one, even if another release would plan otherwise. */
export async function plannedWindow(
  { services, job }: JobContext,
  { channel, windowIndex, window }: ChannelWindow,
): Promise<PlannedWindow> {
  const place = { jobId: job.id, channel, windowIndex };
  const { plan } = await services.database.windows.plan({ ...place, plan: window });
  reached('window.planned');
  return plan;
}

/** Commits what came of a window whose plan is stored: its segments, in the recording's time, and its findings. */
export async function commitWindow(
  { services, job, version }: JobContext,
  { channel, windowIndex, window }: ChannelWindow,
  result: WindowResult,
  { layout }: ImportedLayout,
): Promise<void> {
  const { database, emit } = services;
  const { id: jobId, options } = job;
  const isSpeakerOfChannel = layout === 'speakers' && options.speakers !== 'none';
  const translated = options.translate ? { language: 'en' } : {};
  const segments = placeSegments(
    window,
    result.segments.map((segment) => ({ ...segment, ...translated })),
    isSpeakerOfChannel ? `Speaker ${channel + 1}` : null,
  );
  await database.windows.complete({
    ...{ jobId, channel, windowIndex },
    versionId: version.id,
    inferenceMs: Math.round(result.inferenceMs),
    completedAtMs: Date.now(),
    segments,
    findings: { language: result.language, notUnderstood: notUnderstoodIn(window, result) },
  });
  reached('window.committed');
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
  const request = windowRequest(options, language, multilingual, engine);
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
