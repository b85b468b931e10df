import { SAMPLES_PER_MS, type Span } from '../../../contract/audio.ts';
import { EMBEDDING_SIZE, SPEAKER_CLASSES, SPEAKER_FRAMES } from '../../../contract/speaker-models.ts';
import { normalise } from '../embeddings.ts';
import { hearPart } from '../hear-part.ts';
import { frameMs } from '../local-activity.ts';
import { type PartVoices, packPartVoices, unpackPartVoices } from '../part-voices.ts';
import type { Piece, VoiceModels } from '../voice-models.ts';

/** Somebody talks in a range of time. */
export interface Talk extends Span {
  readonly speaker: number;
}

const voices = new Map<number, Float32Array>();

/** A voice unlike the others' by a number: a random direction that the number gives. */
export function voiceNumber(number: number): Float32Array {
  const known = voices.get(number);
  if (known !== undefined) return known;
  const random = randomNumbers(number + 1);
  const voice = normalise(Float32Array.from({ length: EMBEDDING_SIZE }, () => random() - 0.5));
  voices.set(number, voice);
  return voice;
}

/** Numbers from 0 to 1 that the seed gives (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Sound that says who talks: bit s of a sample is set while speaker s does, so that models can be written which hear
 * perfectly (up to 14 speakers).
 */
export function soundOf(talks: readonly Talk[], lengthMs: number): Int16Array {
  const pcm = new Int16Array(lengthMs * SAMPLES_PER_MS);
  for (const { startMs, endMs, speaker } of talks) {
    for (let i = startMs * SAMPLES_PER_MS; i < Math.min(pcm.length, endMs * SAMPLES_PER_MS); i += 1) {
      pcm[i] = (pcm[i] as number) | (1 << speaker);
    }
  }
  return pcm;
}

/**
 * Models that read such sound. Local speakers are numbered as they begin in a window; a fourth is not heard, nor is a third
 * at the same time. An embedding is the mean of the voices that talk in a piece, by time, and noise of a given strength.
 */
export function worldModels(noise = 0.6): VoiceModels {
  return {
    async speakerActivity(pcm) {
      const locals: number[] = [];
      const classes = new Uint8Array(SPEAKER_FRAMES * SPEAKER_CLASSES);
      for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
        const talking = speakersOf(pcm[Math.round(frameMs(frame) * SAMPLES_PER_MS)] ?? 0);
        for (const speaker of talking)
          if (!locals.includes(speaker) && locals.length < 3) locals.push(speaker);
        const own = talking.map((speaker) => locals.indexOf(speaker)).filter((local) => local >= 0);
        classes[frame * SPEAKER_CLASSES + classOf(own.slice(0, 2).sort())] = 255;
      }
      return classes;
    },
    async voiceEmbeddings(pcm, pieces) {
      const embeddings = new Float32Array(pieces.length * EMBEDDING_SIZE);
      for (const [i, piece] of pieces.entries())
        embeddings.set(embeddingOf(pcm, piece, noise), i * EMBEDDING_SIZE);
      return embeddings;
    },
  };
}

function speakersOf(sample: number): number[] {
  return Array.from({ length: 14 }, (_, speaker) => speaker).filter(
    (speaker) => (sample & (1 << speaker)) !== 0,
  );
}

function classOf(locals: readonly number[]): number {
  const [first, second] = locals;
  if (first === undefined) return 0;
  return second === undefined ? 1 + first : 3 + first + second;
}

function embeddingOf(pcm: Int16Array, { start, length }: Piece, noise: number): Float32Array {
  const sum = new Float32Array(EMBEDDING_SIZE);
  const random = randomNumbers(start + length + (pcm[start] ?? 0));
  for (let at = start; at < start + length; at += 1_600) {
    for (const speaker of speakersOf(pcm[at] ?? 0)) {
      for (const [i, value] of voiceNumber(speaker).entries()) sum[i] = (sum[i] as number) + value;
    }
  }
  normalise(sum);
  // Uniform noise of this amplitude has about the length `noise`.
  const amplitude = noise * Math.sqrt(12 / EMBEDDING_SIZE);
  return normalise(sum.map((value) => value + amplitude * (random() - 0.5)));
}

/** Hears a world's sound part by part, as a job does, through what is stored of each part. */
export async function hearWorld(
  talks: readonly Talk[],
  lengthMs: number,
  { models = worldModels(), partMs = 60_000 }: { models?: VoiceModels; partMs?: number } = {},
): Promise<PartVoices[]> {
  const pcm = soundOf(talks, lengthMs);
  const parts: PartVoices[] = [];
  for (let startMs = 0; startMs < lengthMs; startMs += partMs) {
    const heard = await hearPart({
      models,
      read: async (fromMs, durationMs) =>
        pcm.slice(fromMs * SAMPLES_PER_MS, (fromMs + durationMs) * SAMPLES_PER_MS),
      startMs,
      endMs: Math.min(lengthMs, startMs + partMs),
      knownUntilMs: Math.min(lengthMs, startMs + 2 * partMs),
      speech: talks,
      signal: new AbortController().signal,
    });
    const stored = unpackPartVoices(packPartVoices(heard));
    if (stored === null) throw new Error('a part that was packed cannot be read');
    parts.push(stored);
  }
  return parts;
}
