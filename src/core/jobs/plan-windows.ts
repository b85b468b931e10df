import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { Database } from '../database/database.ts';
import { suppressCrosstalk } from '../speech/crosstalk.ts';
import { FRAME_FEATURE_BYTES } from '../speech/frame-features.ts';
import { SpeechDetector, type SpeechSpan } from '../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker } from '../speech/window-packer.ts';
import type { ImportFeed } from './import-feed.ts';

/** Features of five seconds: listened to in about a millisecond. */
const PORTION_BYTES = 250 * FRAME_FEATURE_BYTES;

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
  const planners = Array.from(
    { length: request.channels },
    (): ChannelPlanner => ({
      detector: new SpeechDetector({ keepSilence: request.keepSilence }),
      packer: new WindowPacker(),
      nextIndex: 0,
    }),
  );
  for (let part = 0; await feed.hasPart(part, signal); part += 1) {
    const features = await partFeatures(database, request, part);
    for (const [channel, planner] of planners.entries()) {
      const spans = await listen(planner.detector, features[channel] as Uint8Array);
      yield* pack(request, channel, planner, spans);
      yield* number(channel, planner, planner.packer.advance(planner.detector.decidedUntilMs));
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
  for (const span of spans) {
    const language = request.languageOf === null ? {} : { language: await request.languageOf(channel, span) };
    yield* number(channel, planner, planner.packer.add({ ...span, ...language }));
  }
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
