import { join } from 'node:path';
import { decodeToWav } from '../audio-files.ts';
import { joined, readWav, SAMPLE_RATE, writeWav } from '../sounds/wav-file.ts';
import { seededRandom } from '../statistics.ts';
import type { WorkFolder } from '../work-folder.ts';
import type { ReferencedRecording } from './referenced-recordings.ts';
import type { Turn } from './rttm-file.ts';

const SHORTEST_MS = 1500;
const PAUSE_MS = 700;
/** How far the reader's distance to the microphone varies from utterance to utterance. */
const GREATEST_GAIN_DB = 6;

/** A long recording of one person. */
export interface OneReader {
  /** Absolute; WAV. */
  readonly path: string;
  readonly reader: string;
  /** How much of what it was made of differs. */
  readonly differentMs: number;
}

/**
 * Joins what one reader says alone in recordings, in an order and at levels that a seed decides, repeated until it is long enough: of the
 * reader of whom there is most.
 */
export async function joinOneReader(
  folder: WorkFolder,
  recordings: readonly ReferencedRecording[],
  { lengthMs, seed }: { readonly lengthMs: number; readonly seed: number },
): Promise<OneReader> {
  const reader = mostHeard(recordings);
  const utterances = await utterancesOf(reader, recordings, folder);
  const random = seededRandom(seed);
  const pause = new Float32Array((PAUSE_MS * SAMPLE_RATE) / 1000);
  const pieces: Float32Array[] = [];
  for (let wanted = (lengthMs * SAMPLE_RATE) / 1000; wanted > 0; ) {
    const utterance = utterances[Math.floor(random() * utterances.length)] as Float32Array;
    const gain = 10 ** (((random() * 2 - 1) * GREATEST_GAIN_DB) / 20);
    pieces.push(
      utterance.map((sample) => sample * gain),
      pause,
    );
    wanted -= utterance.length + pause.length;
  }
  const path = join(folder.path, 'reader.wav');
  writeWav(path, joined(pieces));
  const differentMs = utterances.reduce((sum, { length }) => sum + (length * 1000) / SAMPLE_RATE, 0);
  return { path, reader, differentMs };
}

/** The stretches of a speaker in which nobody else speaks. */
export function aloneTurns(turns: readonly Turn[], speaker: string): Turn[] {
  const others = turns.filter((turn) => turn.speaker !== speaker);
  return turns
    .filter((turn) => turn.speaker === speaker && turn.endMs - turn.startMs >= SHORTEST_MS)
    .filter((turn) => others.every(({ startMs, endMs }) => endMs <= turn.startMs || startMs >= turn.endMs));
}

function mostHeard(recordings: readonly ReferencedRecording[]): string {
  const lengths = new Map<string, number>();
  for (const { turns } of recordings) {
    for (const speaker of new Set(turns.map((turn) => turn.speaker))) {
      const alone = aloneTurns(turns, speaker).reduce((sum, turn) => sum + turn.endMs - turn.startMs, 0);
      lengths.set(speaker, (lengths.get(speaker) ?? 0) + alone);
    }
  }
  const [most] = [...lengths].toSorted((a, b) => b[1] - a[1]);
  if (most === undefined) throw new Error('no recording tells who speaks');
  return most[0];
}

async function utterancesOf(
  reader: string,
  recordings: readonly ReferencedRecording[],
  folder: WorkFolder,
): Promise<Float32Array[]> {
  const utterances: Float32Array[] = [];
  const wav = join(folder.path, 'recording.wav');
  for (const { path, turns } of recordings) {
    const alone = aloneTurns(turns, reader);
    if (alone.length === 0) continue;
    await decodeToWav(path, wav);
    const samples = readWav(wav);
    const at = (ms: number) => Math.round((ms * SAMPLE_RATE) / 1000);
    for (const { startMs, endMs } of alone) utterances.push(samples.slice(at(startMs), at(endMs)));
  }
  return utterances;
}
