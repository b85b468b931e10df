import { crc32 } from 'node:zlib';
import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import { CaptureSource } from '../../core/capture/capture-source.ts';
import type { AppServices } from '../open-app.ts';

/** The sealed samples of a capture of one channel: how many, and their CRC-32. Reads all of them, a megabyte at a time. */
export async function sealedSound(
  { vault, database }: Pick<AppServices, 'vault' | 'database'>,
  recordingId: string,
): Promise<{ frames: number; crc32: number }> {
  const source = await CaptureSource.ofEnded({ vault, database }, recordingId);
  if (source === null) throw new Error('It was not captured.');
  const buffer = Buffer.alloc(1024 * 1024);
  let sum = 0;
  let position = 0;
  for (let length = -1; length !== 0; position += length) {
    length = await source.read(buffer, position);
    sum = crc32(buffer.subarray(0, length), sum);
  }
  return { frames: position / BYTES_PER_SAMPLE, crc32: sum };
}
