import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { path as ffmpeg } from '@ffmpeg-installer/ffmpeg';
import type { DecodingParameters } from '../../src/contract/engine.ts';

/** The repository. */
export const ROOT = join(import.meta.dirname, '..', '..');
/** The fixture model. */
export const DICTATION = join(ROOT, 'e2e/fixtures/models/ggml-sample-dictation.bin');
/** The engine's sample rate in Hz. */
export const RATE = 16_000;

/** Greedy decoding of English on two threads. */
export const PARAMETERS: DecodingParameters = {
  language: 'en',
  translate: false,
  prompt: '',
  threads: 2,
  seed: 0,
  strategy: 'greedy',
  breadth: 5,
  temperature: 0,
  temperatureStep: 0.2,
  entropyThreshold: 2.4,
  logProbThreshold: -1,
  noSpeechThreshold: 0.6,
};

/** A file of this repository decoded for the engine: 16-bit mono samples. */
export async function decode(file: string): Promise<Int16Array> {
  const args = ['-v', 'error', '-i', join(ROOT, file), '-ac', '1', '-ar', String(RATE), '-f', 's16le', '-'];
  const { stdout } = await promisify(execFile)(ffmpeg, args, { encoding: 'buffer', maxBuffer: 1e9 });
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
}
