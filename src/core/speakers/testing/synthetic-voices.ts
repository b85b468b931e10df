import { SAMPLES_PER_MS, type Span } from '../../../contract/audio.ts';
import { EMBEDDING_SIZE, SPEAKER_CLASSES, SPEAKER_FRAMES } from '../../../contract/speaker-models.ts';
import { normalise } from '../embeddings.ts';
import { hearPart } from '../hear-part.ts';
import { packPartVoices } from '../part-voices.ts';
import type { VoiceModels } from '../voice-models.ts';

/** Who talks when in synthetic sound: voices count from 0. */
export interface SyntheticTurn extends Span {
  readonly voice: number;
}

/** Every sample of a voice has this value times its number from 1 on. */
const STEP = 1000;

/** An embedding that is like that of no other of these voices. */
export function syntheticVoice(voice: number): Float32Array {
  return normalise(Float32Array.from({ length: EMBEDDING_SIZE }, (_, i) => (i % 8 === voice ? 1 : 0.05)));
}

/** Sound in which each voice is a level of its own. */
export function syntheticSound(
  turns: readonly SyntheticTurn[],
  startMs: number,
  durationMs: number,
): Int16Array {
  const sound = new Int16Array(durationMs * SAMPLES_PER_MS);
  for (const turn of turns) {
    const from = Math.max(0, turn.startMs - startMs) * SAMPLES_PER_MS;
    const to = Math.max(0, turn.endMs - startMs) * SAMPLES_PER_MS;
    sound.fill((turn.voice + 1) * STEP, from, to);
  }
  return sound;
}

/** Models that hear synthetic sound without a mistake; up to three voices in a window. */
export const SYNTHETIC_MODELS: VoiceModels = {
  async speakerActivity(pcm) {
    const classes = new Uint8Array(SPEAKER_FRAMES * SPEAKER_CLASSES);
    const locals: number[] = [];
    for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
      const level = pcm[270 * frame + 495] ?? 0;
      if (level !== 0 && !locals.includes(level)) locals.push(level);
      classes[frame * SPEAKER_CLASSES + (level === 0 ? 0 : locals.indexOf(level) + 1)] = 255;
    }
    return classes;
  },
  async voiceEmbeddings(pcm, pieces) {
    const embeddings = new Float32Array(pieces.length * EMBEDDING_SIZE);
    for (const [index, { start, length }] of pieces.entries()) {
      const level = pcm[start + Math.floor(length / 2)] ?? 0;
      embeddings.set(syntheticVoice(Math.max(0, level / STEP - 1)), index * EMBEDDING_SIZE);
    }
    return embeddings;
  },
};

/** What is heard of a first part of synthetic sound, packed. */
export async function syntheticPart(turns: readonly SyntheticTurn[], endMs: number): Promise<Uint8Array> {
  const heard = await hearPart({
    models: SYNTHETIC_MODELS,
    read: async (startMs, durationMs) => syntheticSound(turns, startMs, durationMs),
    ...{ startMs: 0, endMs, knownUntilMs: endMs, speech: turns },
    signal: new AbortController().signal,
  });
  return packPartVoices(heard);
}
