import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import { make } from './short-recordings.ts';
import { testFolder } from './test-folder.ts';

/** The interleaved samples of a recording, as ffmpeg converts it to this rate and these channels. */
export async function samplesOf(path: string, sampleRate: number, channels: number): Promise<Int16Array> {
  const raw = await make(
    join(await testFolder(), 'samples.raw'),
    ...['-i', path, '-ar', String(sampleRate), '-ac', String(channels), '-f', 's16le'],
  );
  const bytes = await readFile(raw);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / BYTES_PER_SAMPLE);
}
