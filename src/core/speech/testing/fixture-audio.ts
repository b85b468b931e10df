import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { SAMPLE_RATE } from '../../../contract/audio.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** A sentence of a fixture, in seconds, as `references.json` holds it. */
export interface ReferenceSegment {
  readonly start: number;
  readonly end: number;
  readonly speaker: number;
  readonly language: string;
  readonly text: string;
}

/** What is said in a fixture. */
export function referenceSegments(name: string): ReferenceSegment[] {
  const references: Record<string, { segments: ReferenceSegment[] }> = JSON.parse(
    readFileSync(join(ROOT, 'e2e/fixtures/references.json'), 'utf8'),
  );
  const found = references[name];
  if (found === undefined) throw new Error(`No reference for ${name}.`);
  return found.segments;
}

/** Decodes `e2e/fixtures/…` to 16 kHz, mixed down to one channel or one channel taken out. */
export function decodeFixture(path: string, channel?: number): Int16Array {
  const pick = channel === undefined ? ['-ac', '1'] : ['-af', `pan=mono|c0=c${channel}`];
  const run = spawnSync(
    ffmpeg.path,
    ['-v', 'error', '-i', join(ROOT, path), '-vn', ...pick, '-ar', String(SAMPLE_RATE), '-f', 's16le', '-'],
    { maxBuffer: 2 ** 28 },
  );
  if (run.status !== 0) throw new Error(`Cannot decode ${path}: ${run.stderr}`);
  return new Int16Array(new Uint8Array(run.stdout).buffer);
}

/** A deterministic source of Gaussian noise of standard deviation 1. */
export function noiseSource(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Root mean square of samples in dBFS. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += (samples[i] as number) ** 2;
  return 10 * Math.log10(sum / samples.length / 32768 ** 2);
}

/** Scales a signal to a level in dBFS. */
export function atLevel(signal: Float64Array, db: number): Float64Array {
  const gain = 10 ** ((db - levelOf(signal)) / 20);
  return signal.map((value) => value * gain);
}

/** Adds signals of equal length and rounds them to samples. */
export function mix(...signals: ArrayLike<number>[]): Int16Array {
  return Int16Array.from({ length: signals[0]?.length ?? 0 }, (_, i) => {
    const sum = signals.reduce((total, signal) => total + (signal[i] as number), 0);
    return Math.max(-32768, Math.min(32767, Math.round(sum)));
  });
}
