import { FRAME_SAMPLES, PART_MS, type Span } from '../../../contract/audio.ts';
import { VOICE_CHUNK_SAMPLES } from '../../../contract/engine.ts';
import type { JobRange } from '../../../contract/job.ts';
import type { Database } from '../../database/database.ts';
import { CrosstalkDetector } from '../../speech/crosstalk.ts';
import { SpeechDetector, type SpeechSpan } from '../../speech/speech-detector.ts';
import type { ImportedLayout, ImportFeed } from '../import/import-feed.ts';
import type { PartSpeech } from '../plan-windows.ts';
import type { VoiceActivityOfParts } from '../voice-activity.ts';
import type { JobStep } from './job-step.ts';

/**
 * Detects the speech of the recording, or of the job's range, part by part as the import commits them, the channels of a
 * part one by one. Voice activity is stored, so that an interrupted job, and another one, computes it once.
 */
export const detectSpeechStep: JobStep = {
  name: 'detectSpeech',
  streams: true,
  silent: true,
  weight: () => 1,
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, progress, signal) {
    const layout = await context.feed.layout(signal);
    context.progress.channelsKnown(layout.channels);
    const observed = async function* () {
      const { services, job, feed, activity, meter } = context;
      const { recordingId, range } = job;
      const { keepSilence } = job.options;
      const source = { database: services.database, recordingId, range, keepSilence, feed, activity };
      for await (const part of detectSpeech(source, layout, signal)) {
        meter.vadMs = activity.computeMs;
        const knownUntilMs = part.decidedUntilMs ?? Number.POSITIVE_INFINITY;
        context.progress.detected(part.channel, part.spans, knownUntilMs);
        if (part.channel === layout.channels - 1) progress.doneUntil(knownUntilMs);
        yield part;
      }
    };
    await context.speech.fill(observed(), signal);
  },
};

/** What speech is detected in. */
export interface SpeechSource {
  readonly database: Database;
  readonly recordingId: string;
  /** Null for all of the recording. */
  readonly range: JobRange | null;
  readonly keepSilence: boolean;
  readonly feed: ImportFeed;
  readonly activity: VoiceActivityOfParts;
}

/** Detects the speech of a recording, or of a range of it, part by part as they are committed. */
export async function* detectSpeech(
  { database, recordingId, range, keepSilence, feed, activity }: SpeechSource,
  layout: ImportedLayout,
  signal: AbortSignal,
): AsyncGenerator<PartSpeech> {
  // A sentence that reaches into the range may have begun in the part before.
  const firstPart = Math.max(0, Math.floor((range?.startMs ?? 0) / PART_MS) - 1);
  // Start of the detectors, in recording time.
  const fromMs = firstPart * PART_MS;
  const detectors = Array.from({ length: layout.channels }, () => new SpeechDetector({ keepSilence }));
  const crosstalk = layout.layout === 'speakers' ? new CrosstalkDetector() : null;
  const partSpeech = (channel: number, found: SpeechSpan[], decidedUntilMs: number | null): PartSpeech => {
    const spans = found.flatMap((one) => within(fromMs === 0 ? one : later(one, fromMs), range));
    return { channel, spans, decidedUntilMs };
  };
  for (let part = firstPart; await feed.hasPart(part, signal); part += 1) {
    if (range?.endMs != null && part * PART_MS >= range.endMs) break;
    const channels = await channelsOfPart(
      ...([database, activity, recordingId, layout.channels, part, crosstalk, signal] as const),
    );
    for (const [channel, detector] of detectors.entries()) {
      const { probabilities, features } = channels[channel] as (typeof channels)[number];
      const found = detector.push(probabilities, features);
      yield partSpeech(channel, found, fromMs + detector.decidedUntilMs);
    }
  }
  for (const [channel, detector] of detectors.entries()) yield partSpeech(channel, detector.finish(), null);
}

/** The detectors' input for a part, of every channel. */
async function channelsOfPart(
  database: Database,
  activity: VoiceActivityOfParts,
  recordingId: string,
  channels: number,
  partIndex: number,
  /** If each channel is a speaker: their voice may be in the others' too. */
  crosstalk: CrosstalkDetector | null,
  signal: AbortSignal,
): Promise<{ features: Uint8Array; probabilities: Uint8Array }[]> {
  const features: Uint8Array[] = [];
  const probabilities: Uint8Array[] = [];
  for (let channel = 0; channel < channels; channel++) {
    features.push((await database.parts.analysis({ recordingId, channel, partIndex })).features);
    probabilities.push(await activity.of(channel, partIndex, signal));
  }
  const echoes = crosstalk?.push(features) ?? [];
  return features.map((own, channel) => ({
    features: own,
    probabilities: withoutCrosstalk(probabilities[channel] as Uint8Array, echoes[channel]),
  }));
}

/** Voice activity without that of frames that contain another channel's voice. */
function withoutCrosstalk(probabilities: Uint8Array, echoes: Uint8Array | undefined): Uint8Array {
  if (echoes === undefined) return probabilities;
  return probabilities.map((probability, chunk) => {
    const middle = (chunk + 0.5) * VOICE_CHUNK_SAMPLES;
    return echoes[Math.floor(middle / FRAME_SAMPLES)] === 1 ? 0 : probability;
  });
}

function later({ startMs, endMs, speech }: SpeechSpan, byMs: number): SpeechSpan {
  const shifted = (span: Span) => ({ startMs: span.startMs + byMs, endMs: span.endMs + byMs });
  return { ...shifted({ startMs, endMs }), speech: speech.map(shifted) };
}

/** The part of a span within the range; empty if there is none. */
function within(found: SpeechSpan, range: JobRange | null): SpeechSpan[] {
  if (range === null) return [found];
  const clip = ({ startMs, endMs }: Span): Span => ({
    startMs: Math.max(startMs, range.startMs),
    endMs: Math.min(endMs, range.endMs ?? endMs),
  });
  const isThere = ({ startMs, endMs }: Span) => startMs < endMs;
  const clipped = clip(found);
  return isThere(clipped) ? [{ ...clipped, speech: found.speech.map(clip).filter(isThere) }] : [];
}
