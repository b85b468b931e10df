import type { SpokenFormat } from '../../contract/read-aloud.ts';
import { encodedSound } from '../media/encoding/encode-sound.ts';
import type { Ffmpeg } from '../media/find-ffmpeg.ts';
import { wavHeader } from '../media/sound/wav-header.ts';

/**
 * Samples of one channel, in the pieces in which they were spoken, as a file of a format, in pieces. Throws `export.failed`,
 * `ffmpeg.missing`.
 */
export async function* soundFile(
  pieces: readonly Int16Array[],
  sampleRate: number,
  format: SpokenFormat,
  ffmpeg: () => Promise<Ffmpeg>,
): AsyncGenerator<Uint8Array> {
  const count = pieces.reduce((sum, { length }) => sum + length, 0);
  if (format === 'wav') {
    yield wavHeader(1, count * Int16Array.BYTES_PER_ELEMENT, sampleRate);
    yield* bytesOf(pieces);
  } else
    yield* encodedSound(await ffmpeg(), { bytes: bytesOf(pieces), count, channels: 1, sampleRate }, format);
}

async function* bytesOf(pieces: readonly Int16Array[]): AsyncGenerator<Uint8Array> {
  for (const { buffer, byteOffset, byteLength } of pieces)
    yield new Uint8Array(buffer, byteOffset, byteLength);
}
