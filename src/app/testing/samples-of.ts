import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { make } from './short-recordings.ts';

/**
 * The interleaved samples of a recording, as ffmpeg converts it to this rate and these channels; `times` of them one after
 * the other.
 */
export async function samplesOf(
  path: string,
  sampleRate: number,
  channels: number,
  times = 1,
): Promise<Int16Array> {
  const how = [
    '-stream_loop',
    String(times - 1),
    '-i',
    path,
    '-ar',
    String(sampleRate),
    '-ac',
    String(channels),
  ];
  const bytes = await readFile(await make(join(temporaryFolder(), 'samples.raw'), ...how, '-f', 's16le'));
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / BYTES_PER_SAMPLE);
}
