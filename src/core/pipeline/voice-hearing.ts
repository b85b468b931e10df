import { FRAME_MS, PART_MS, SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import type { AppError } from '../../contract/errors.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../engine/engine.ts';
import { reached } from '../fault-points.ts';
import { speakerModelFiles } from '../folders.ts';
import { hearPart } from '../speakers/hear-part.ts';
import { packPartVoices, unpackPartVoices } from '../speakers/part-voices.ts';
import type { VoiceModels } from '../speakers/voice-models.ts';
import { VoiceBursts } from '../speech/voice-bursts.ts';
import { twiceAtMost } from './twice-at-most.ts';
import type { VoiceActivityOfParts } from './voice-activity.ts';
import type { WorkingCopyReader } from './working-copy-reader.ts';

/** The services of hearing voices. */
export interface VoiceHearingServices {
  readonly database: Database;
  readonly engine: Engine;
  readonly reader: WorkingCopyReader;
  readonly activity: VoiceActivityOfParts;
}

/** Only this channel is there where speakers are told apart by their voices. */
const CHANNEL = 0;

/**
 * Hears the voices of a recording of one channel, part by part. What was heard of a part is stored: it is heard once, by
 * whoever needs it first, and a kill costs a part.
 */
export class VoiceHearing {
  readonly #services: VoiceHearingServices;
  readonly #recordingId: string;
  readonly #models: VoiceModels;

  constructor(services: VoiceHearingServices, recordingId: string) {
    this.#services = services;
    this.#recordingId = recordingId;
    this.#models = engineVoices(services.engine);
  }

  /**
   * Hears a part, unless that is stored. The part is committed, and so is the one after it, or the recording ends before.
   * What the engine fails on is tried once more, after `onFailure`. Throws the engine's and the vault's errors, and the
   * signal's reason.
   */
  async hear(
    partIndex: number,
    signal: AbortSignal,
    onFailure?: (error: AppError) => Promise<void> | void,
  ): Promise<void> {
    const place = { recordingId: this.#recordingId, partIndex };
    const { database, reader } = this.#services;
    if (isReadable(await database.speakerParts.get(place))) return;
    const startMs = partIndex * PART_MS;
    const endMs = startMs + (await this.#lengthMs(partIndex));
    const knownUntilMs = endMs + (await this.#lengthMs(partIndex + 1));
    const speech = [
      ...(await this.#speechIn(partIndex, endMs, signal)),
      ...(await this.#speechIn(partIndex + 1, knownUntilMs, signal)),
    ];
    const read = (fromMs: number, durationMs: number) => reader.read(CHANNEL, fromMs, durationMs);
    const part = { models: this.#models, read, startMs, endMs, knownUntilMs, speech, signal };
    const voices = packPartVoices(await twiceAtMost(() => hearPart(part), onFailure));
    reached('voices.heard');
    await database.speakerParts.keep({ ...place, voices });
    reached('voices.stored');
  }

  async #lengthMs(partIndex: number): Promise<number> {
    const place = { recordingId: this.#recordingId, channel: CHANNEL, partIndex };
    const part = await this.#services.database.parts.get(place);
    return part === null ? 0 : Math.floor(part.sampleCount / SAMPLES_PER_MS);
  }

  async #speechIn(partIndex: number, endMs: number, signal: AbortSignal): Promise<Span[]> {
    const startMs = partIndex * PART_MS;
    if (endMs <= startMs) return [];
    const probabilities = await this.#services.activity.of(CHANNEL, partIndex, signal);
    return voicedSpans(probabilities, startMs);
  }
}

/** What was heard of a recording's parts, packed, in order. */
export async function* heardParts(
  database: Pick<Database, 'speakerParts'>,
  recordingId: string,
): AsyncGenerator<Uint8Array> {
  for (const partIndex of await database.speakerParts.heard(recordingId)) {
    const voices = await database.speakerParts.get({ recordingId, partIndex });
    if (voices !== null) yield voices;
  }
}

/** What an earlier release stored may be of another format: it is then heard again. */
function isReadable(voices: Uint8Array | null): boolean {
  return voices !== null && unpackPartVoices(voices) !== null;
}

function voicedSpans(probabilities: Uint8Array, startMs: number): Span[] {
  const bursts = new VoiceBursts();
  const found = [...[...probabilities].map((probability) => bursts.push(probability)), bursts.finish()];
  return found
    .filter((burst) => burst !== null)
    .map(({ start, end }) => ({ startMs: startMs + start * FRAME_MS, endMs: startMs + end * FRAME_MS }));
}

function engineVoices(engine: Engine): VoiceModels {
  const { activity, embedding } = speakerModelFiles();
  return {
    speakerActivity: async (pcm, signal) => (await engine.speakerActivity(activity, pcm, signal)).classes,
    voiceEmbeddings: async (pcm, pieces, signal) =>
      (await engine.voiceEmbeddings(embedding, pcm, pieces, signal)).embeddings,
  };
}
