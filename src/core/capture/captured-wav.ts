import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import { allBytesOf } from '../media/source.ts';
import type { CaptureSource } from './capture-source.ts';

/** Sizes in a RIFF header have 32 bits; from this many bytes of samples on the file is RF64. */
const RIFF_LIMIT_BYTES = 2 ** 32 - 64;

/** The sound of a capture that has ended as a WAV file, in blocks. Errors: those of reading it. */
export async function* capturedWav(source: CaptureSource): AsyncGenerator<Buffer> {
  yield wavHeader(source);
  yield* allBytesOf(source);
}

/** The size of that file in bytes. */
export function capturedWavBytes(source: CaptureSource): number {
  return wavHeader(source).length + source.sizeBytes;
}

/**
 * The header of a WAV file of 16-bit samples (Microsoft, Multimedia Programming Interface and Data Specifications 1.0);
 * of a large one RF64 (EBU Tech 3306, with chunk `ds64`), whose 32-bit sizes are all ones.
 */
function wavHeader({ facts, sizeBytes }: CaptureSource): Buffer {
  const [track] = facts.tracks;
  if (track === undefined) throw new Error('a capture has one track');
  const { channels, sampleRate } = track;
  const blockBytes = channels * BYTES_PER_SAMPLE;
  const isLarge = sizeBytes > RIFF_LIMIT_BYTES;
  const size = (bytes: number) => uint32(isLarge ? 2 ** 32 - 1 : bytes);
  const format = Buffer.concat([
    ...[Buffer.from('fmt '), uint32(16), uint16(PCM), uint16(channels), uint32(sampleRate)],
    ...[uint32(sampleRate * blockBytes), uint16(blockBytes), uint16(8 * BYTES_PER_SAMPLE)],
  ]);
  const data = Buffer.concat([Buffer.from('data'), size(sizeBytes)]);
  const bytesBehind = (extra: number) => 4 + extra + format.length + data.length + sizeBytes;
  const sizes = isLarge
    ? Buffer.concat([
        ...[Buffer.from('ds64'), uint32(28), uint64(bytesBehind(36)), uint64(sizeBytes)],
        ...[uint64(sizeBytes / blockBytes), uint32(0)],
      ])
    : Buffer.alloc(0);
  const riff = Buffer.concat([
    Buffer.from(isLarge ? 'RF64' : 'RIFF'),
    size(bytesBehind(0)),
    Buffer.from('WAVE'),
  ]);
  return Buffer.concat([riff, sizes, format, data]);
}

const PCM = 1;

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
