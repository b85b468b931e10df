import { setImmediate as letOthersRun } from 'node:timers/promises';
import { PART_MS, type Span } from '../../contract/audio.ts';
import type { JobSpan } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import { suppressCrosstalk } from '../speech/crosstalk.ts';
import { FRAME_FEATURE_BYTES } from '../speech/frame-features.ts';
import { SpeechDetector, type SpeechSpan } from '../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker } from '../speech/window-packer.ts';
import type { ImportFeed } from './import-feed.ts';
import { LookAhead } from './look-ahead.ts';

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

/** Learns what there is to do, before it is planned. */
export interface PlanObserver {
  /** Spans that were found in a channel; none that is still to come starts before `knownUntilMs`. */
  heard(channel: number, spans: readonly SpeechSpan[], knownUntilMs: number): void;
}

interface ChannelPlanner {
  readonly packer: WindowPacker;
  nextIndex: number;
}

/** What was heard in a part of a channel. */
interface HeardPart {
  readonly channel: number;
  readonly spans: readonly SpeechSpan[];
  /** No span of a later part starts before; null at the recording's end. */
  readonly decidedUntilMs: number | null;
}

/**
 * Plans a recording's windows part by part, as the import commits them. Within a part the channels take turns, so that
 * the order too depends on nothing but the recording. With the first window that is planned after the recording was read,
 * the rest is listened to, so that the observer knows what is to come.
 */
export async function* planWindows(
  database: Database,
  request: PlanRequest,
  feed: ImportFeed,
  signal: AbortSignal,
  observer: PlanObserver,
): AsyncGenerator<ChannelWindow> {
  const stop = new AbortController();
  const signals = AbortSignal.any([signal, stop.signal]);
  const parts = new LookAhead(listenToParts(database, request, feed, signals, observer));
  const planners = Array.from(
    { length: request.channels },
    (): ChannelPlanner => ({ packer: new WindowPacker(), nextIndex: 0 }),
  );
  try {
    for (;;) {
      const next = await parts.next();
      if (next.done) return;
      const planner = planners[next.value.channel] as ChannelPlanner;
      for await (const window of windowsOf(request, planner, next.value)) {
        // Beside an import it would only take memory and time from it.
        if (feed.durationMs !== null) parts.run();
        yield window;
      }
    }
  } finally {
    stop.abort();
    await parts.ended();
  }
}

/** Listens to a recording, or the stretch that is to be planned, part by part, the channels of a part one by one. */
async function* listenToParts(
  database: Database,
  request: PlanRequest,
  feed: ImportFeed,
  signal: AbortSignal,
  observer: PlanObserver,
): AsyncGenerator<HeardPart> {
  const { span, keepSilence } = request;
  const firstPart = Math.max(0, Math.floor((span?.startMs ?? 0) / PART_MS) - PARTS_BEFORE);
  // In recording time: where the detectors begin to listen.
  const fromMs = firstPart * PART_MS;
  const detectors = Array.from({ length: request.channels }, () => new SpeechDetector({ keepSilence }));
  const heardPart = (channel: number, heard: SpeechSpan[], decidedUntilMs: number | null): HeardPart => {
    const spans = heard.flatMap((one) => within(fromMs === 0 ? one : later(one, fromMs), span));
    return { channel, spans, decidedUntilMs };
  };
  for (let part = firstPart; await feed.hasPart(part, signal); part += 1) {
    if (span?.endMs != null && part * PART_MS >= span.endMs) break;
    const features = await partFeatures(database, request, part);
    for (const [channel, detector] of detectors.entries()) {
      const heard = await listen(detector, features[channel] as Uint8Array);
      const decidedUntilMs = fromMs + detector.decidedUntilMs;
      const found = heardPart(channel, heard, decidedUntilMs);
      observer.heard(channel, found.spans, decidedUntilMs);
      yield found;
    }
  }
  for (const [channel, detector] of detectors.entries()) {
    const found = heardPart(channel, detector.finish(), null);
    observer.heard(channel, found.spans, Number.POSITIVE_INFINITY);
    yield found;
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

async function* windowsOf(
  request: PlanRequest,
  planner: ChannelPlanner,
  { channel, spans, decidedUntilMs }: HeardPart,
): AsyncGenerator<ChannelWindow> {
  for (const span of spans) {
    const language = request.languageOf === null ? {} : { language: await request.languageOf(channel, span) };
    yield* number(channel, planner, planner.packer.add({ ...span, ...language }));
  }
  const { packer } = planner;
  yield* number(channel, planner, decidedUntilMs === null ? packer.finish() : packer.advance(decidedUntilMs));
}

function later({ startMs, endMs, speech }: SpeechSpan, byMs: number): SpeechSpan {
  const shifted = (span: Span) => ({ startMs: span.startMs + byMs, endMs: span.endMs + byMs });
  return { ...shifted({ startMs, endMs }), speech: speech.map(shifted) };
}

/** As much of a span as lies in the stretch; nothing where none does. */
function within(heard: SpeechSpan, stretch: JobSpan | null): SpeechSpan[] {
  if (stretch === null) return [heard];
  const clip = ({ startMs, endMs }: Span): Span => ({
    startMs: Math.max(startMs, stretch.startMs),
    endMs: Math.min(endMs, stretch.endMs ?? endMs),
  });
  const isThere = ({ startMs, endMs }: Span) => startMs < endMs;
  const clipped = clip(heard);
  return isThere(clipped) ? [{ ...clipped, speech: heard.speech.map(clip).filter(isThere) }] : [];
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
