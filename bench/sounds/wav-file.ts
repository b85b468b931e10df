import { readFileSync, writeFileSync } from 'node:fs';

/** The sample rate of everything here, in Hz: Whisper's. */
export const SAMPLE_RATE = 16_000;

const HEADER_BYTES = 44;

/** Writes one channel of 16-bit PCM at 16 kHz. Samples are from −1 to 1; values beyond are clipped. */
export function writeWav(file: string, samples: Float32Array): void {
  const bytes = Buffer.alloc(HEADER_BYTES + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  // PCM, one channel.
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(
      Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
      HEADER_BYTES + index * 2,
    );
  }
  writeFileSync(file, bytes);
}

/** The samples of a WAV of one channel of 16-bit PCM, from −1 to 1, as `decodeToWav` makes them. */
export function readWav(file: string): Float32Array {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('data', 12, 'latin1');
  if (at < 0) throw new Error(`${file} has no samples`);
  const start = at + 8;
  const length = Math.min(bytes.readUInt32LE(at + 4), bytes.length - start) >> 1;
  return Float32Array.from({ length }, (_, index) => bytes.readInt16LE(start + index * 2) / 32_768);
}

/** Concatenates samples. */
export function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
