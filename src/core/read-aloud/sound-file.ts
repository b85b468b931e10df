import type { SpokenFormat } from '../../contract/read-aloud.ts';
import { encodedSound } from '../media/encoding/encode-sound.ts';
import type { Ffmpeg } from '../media/find-ffmpeg.ts';
import { wavHeader } from '../media/sound/wav-header.ts';

/**
 * Samples of one channel as a file of a format, in pieces. Throws `export.failed`, `ffmpeg.missing`.
 */
export async function* soundFile(
  samples: Int16Array,
  sampleRate: number,
  format: SpokenFormat,
  ffmpeg: () => Promise<Ffmpeg>,
): AsyncGenerator<Uint8Array> {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  if (format === 'wav') {
    yield wavHeader(1, bytes.length, sampleRate);
    yield bytes;
    return;
  }
  const once = async function* () {
    yield bytes;
  };
  yield* encodedSound(
    await ffmpeg(),
    { bytes: once(), count: samples.length, channels: 1, sampleRate },
    format,
  );
}
