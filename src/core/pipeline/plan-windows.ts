import { FRAME_SAMPLES, PART_MS, type Span } from '../../contract/audio.ts';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';
import type { JobSpan } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import { crosstalkFrames } from '../speech/crosstalk.ts';
import { SpeechDetector, type SpeechSpan } from '../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker } from '../speech/window-packer.ts';
import type { ImportFeed } from './import-feed.ts';
import { LookAhead } from './look-ahead.ts';
import type { VoiceActivityOfParts } from './voice-activity.ts';

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

/** What a plan is made of. */
export interface PlanSources {
  readonly database: Database;
  readonly activity: VoiceActivityOfParts;
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
  sources: PlanSources,
  request: PlanRequest,
  feed: ImportFeed,
  signal: AbortSignal,
  observer: PlanObserver,
): AsyncGenerator<ChannelWindow> {
  const stop = new AbortController();
  const signals = AbortSignal.any([signal, stop.signal]);
  const parts = new LookAhead(listenToParts(sources, request, feed, signals, observer));
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
  sources: PlanSources,
  request: PlanRequest,
  feed: ImportFeed,
  signal: AbortSignal,
  observer: PlanObserver,
): AsyncGenerator<HeardPart> {
  const { span, keepSilence } = request;
  // A sentence that reaches into the stretch may have begun in the part before.
  const firstPart = Math.max(0, Math.floor((span?.startMs ?? 0) / PART_MS) - 1);
  // In recording time: where the detectors begin to listen.
  const fromMs = firstPart * PART_MS;
  const detectors = Array.from({ length: request.channels }, () => new SpeechDetector({ keepSilence }));
  const heardPart = (channel: number, heard: SpeechSpan[], decidedUntilMs: number | null): HeardPart => {
    const spans = heard.flatMap((one) => within(fromMs === 0 ? one : later(one, fromMs), span));
    return { channel, spans, decidedUntilMs };
  };
  for (let part = firstPart; await feed.hasPart(part, signal); part += 1) {
    if (span?.endMs != null && part * PART_MS >= span.endMs) break;
    const heardParts = await partOf(sources, request, part);
    for (const [channel, detector] of detectors.entries()) {
      const { probabilities, features } = heardParts[channel] as (typeof heardParts)[number];
      const heard = detector.push(probabilities, features);
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

/** What the detectors hear of a part, of every channel. */
async function partOf(
  { database, activity }: PlanSources,
  { recordingId, channels, speakersApart }: PlanRequest,
  partIndex: number,
): Promise<{ features: Uint8Array; probabilities: Uint8Array }[]> {
  const features: Uint8Array[] = [];
  const probabilities: Uint8Array[] = [];
  for (let channel = 0; channel < channels; channel++) {
    features.push((await database.parts.analysis({ recordingId, channel, partIndex })).features);
    probabilities.push(await activity.of(channel, partIndex));
  }
  const echoes = speakersApart ? crosstalkFrames(features) : [];
  return features.map((own, channel) => ({
    features: own,
    probabilities: withoutEcho(probabilities[channel] as Uint8Array, echoes[channel]),
  }));
}

/** Voice activity without that of frames that hold somebody else's voice. */
function withoutEcho(probabilities: Uint8Array, echo: Uint8Array | undefined): Uint8Array {
  if (echo === undefined) return probabilities;
  return probabilities.map((probability, chunk) => {
    const middle = (chunk + 0.5) * VOICE_CHUNK_SAMPLES;
    return echo[Math.floor(middle / FRAME_SAMPLES)] === 1 ? 0 : probability;
  });
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
