import { setImmediate as letOthersRun } from 'node:timers/promises';
import { PART_MS, type Span } from '../../contract/audio.ts';
import type { JobSpan } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import { suppressCrosstalk } from '../speech/crosstalk.ts';
import { FRAME_FEATURE_BYTES } from '../speech/frame-features.ts';
import { SpeechDetector, type SpeechSpan } from '../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker } from '../speech/window-packer.ts';
import type { ImportFeed } from './import-feed.ts';

/** Features of five seconds: listened to in about a millisecond. */
const PORTION_BYTES = 250 * FRAME_FEATURE_BYTES;

/** A stretch is listened to from so many parts before it on, so that the detector knows the room by then. */
const PARTS_BEFORE = 2;

/** A window of one channel, with its number in that channel. */
export interface ChannelWindow {
  readonly channel: number;
  readonly windowIndex: number;
  readonly window: PlannedWindow;
}

/** What a plan is made from. The same recording and options give the same windows, whenever they are planned. */
export interface PlanRequest {
  readonly recordingId: string;
  readonly channels: number;
  /** The stretch to plan for; null for the whole recording. */
  readonly span: JobSpan | null;
  /** Each channel is a speaker, who may be heard in the others' too. */
  readonly speakersApart: boolean;
  /** Give the engine everything, silence included. */
  readonly keepSilence: boolean;
  /** Tells the language of a span, where spans may differ in it; null where one language holds for all. */
  readonly languageOf: ((channel: number, span: SpeechSpan) => Promise<string>) | null;
}

interface ChannelPlanner {
  readonly detector: SpeechDetector;
  readonly packer: WindowPacker;
  /** Where the detector began to listen, in recording time. */
  readonly fromMs: number;
  nextIndex: number;
}

/**
 * Plans a recording's windows part by part, as the import commits them. Within a part the channels take turns, so that
 * the order too depends on nothing but the recording.
 */
export async function* planWindows(
  database: Database,
  request: PlanRequest,
  feed: ImportFeed,
  signal: AbortSignal,
): AsyncGenerator<ChannelWindow> {
  const { span } = request;
  const firstPart = Math.max(0, Math.floor((span?.startMs ?? 0) / PART_MS) - PARTS_BEFORE);
  const planners = Array.from(
    { length: request.channels },
    (): ChannelPlanner => ({
      fromMs: firstPart * PART_MS,
      detector: new SpeechDetector({ keepSilence: request.keepSilence }),
      packer: new WindowPacker(),
      nextIndex: 0,
    }),
  );
  for (let part = firstPart; await feed.hasPart(part, signal); part += 1) {
    if (span?.endMs != null && part * PART_MS >= span.endMs) break;
    const features = await partFeatures(database, request, part);
    for (const [channel, planner] of planners.entries()) {
      const spans = await listen(planner.detector, features[channel] as Uint8Array);
      yield* pack(request, channel, planner, spans);
      const decidedUntilMs = planner.fromMs + planner.detector.decidedUntilMs;
      yield* number(channel, planner, planner.packer.advance(decidedUntilMs));
    }
  }
  for (const [channel, planner] of planners.entries()) {
    yield* pack(request, channel, planner, planner.detector.finish());
    yield* number(channel, planner, planner.packer.finish());
  }
}

/** The frame features of a part, of every channel. */
async function partFeatures(
  database: Database,
  { recordingId, channels, speakersApart }: PlanRequest,
  partIndex: number,
): Promise<Uint8Array[]> {
  const features: Uint8Array[] = [];
  for (let channel = 0; channel < channels; channel++) {
    features.push((await database.parts.analysis({ recordingId, channel, partIndex })).features);
  }
  return speakersApart ? suppressCrosstalk(features) : features;
}

/** Listens to a part in small portions: in one go it would hold up everything else in this thread. */
async function listen(detector: SpeechDetector, features: Uint8Array): Promise<SpeechSpan[]> {
  const spans: SpeechSpan[] = [];
  for (let offset = 0; offset < features.length; offset += PORTION_BYTES) {
    spans.push(...detector.push(features.subarray(offset, offset + PORTION_BYTES)));
    await letOthersRun();
  }
  return spans;
}

async function* pack(
  request: PlanRequest,
  channel: number,
  planner: ChannelPlanner,
  spans: SpeechSpan[],
): AsyncGenerator<ChannelWindow> {
  for (const heard of spans) {
    const span = within(planner.fromMs === 0 ? heard : later(heard, planner.fromMs), request.span);
    if (span === null) continue;
    const language = request.languageOf === null ? {} : { language: await request.languageOf(channel, span) };
    yield* number(channel, planner, planner.packer.add({ ...span, ...language }));
  }
}

function later({ startMs, endMs, speech }: SpeechSpan, byMs: number): SpeechSpan {
  const shifted = (span: Span) => ({ startMs: span.startMs + byMs, endMs: span.endMs + byMs });
  return { ...shifted({ startMs, endMs }), speech: speech.map(shifted) };
}

/** As much of a span as lies in the stretch; null where none does. */
function within(heard: SpeechSpan, stretch: JobSpan | null): SpeechSpan | null {
  if (stretch === null) return heard;
  const clip = ({ startMs, endMs }: Span): Span => ({
    startMs: Math.max(startMs, stretch.startMs),
    endMs: Math.min(endMs, stretch.endMs ?? endMs),
  });
  const isThere = ({ startMs, endMs }: Span) => startMs < endMs;
  const clipped = clip(heard);
  return isThere(clipped) ? { ...clipped, speech: heard.speech.map(clip).filter(isThere) } : null;
}

function* number(
  channel: number,
  planner: ChannelPlanner,
  windows: PlannedWindow[],
): Generator<ChannelWindow> {
  for (const window of windows) {
    yield { channel, windowIndex: planner.nextIndex, window };
    planner.nextIndex += 1;
  }
}
