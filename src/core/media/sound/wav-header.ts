import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../../contract/audio.ts';

/** Length of the header in bytes. */
export const WAV_HEADER_BYTES = 44;

/** More than a WAV file's 32-bit sizes can hold; players then read to the end. */
const LARGEST_SIZE = 0xffff_ffff;

/** The header of a 16-bit PCM WAV file (RIFF) with this number of channels and bytes of samples. */
export function wavHeader(channels: number, dataBytes: number, sampleRate: number = SAMPLE_RATE): Buffer {
  const blockBytes = channels * BYTES_PER_SAMPLE;
  const header = Buffer.alloc(WAV_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(Math.min(LARGEST_SIZE, dataBytes + WAV_HEADER_BYTES - 8), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * blockBytes, 28);
  header.writeUInt16LE(blockBytes, 32);
  header.writeUInt16LE(8 * BYTES_PER_SAMPLE, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(LARGEST_SIZE, dataBytes), 40);
  return header;
}
