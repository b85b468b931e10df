import { AppError } from '../../../contract/errors.ts';
import { startFfmpeg } from '../ffmpeg-child.ts';
import type { Ffmpeg } from '../find-ffmpeg.ts';
import { m4aFile } from './m4a-file.ts';
import { mp3File } from './mp3-file.ts';

/** Formats that sound is encoded in, smaller than its samples. */
export type EncodedFormat = 'mp3' | 'm4a';

/** 16-bit samples, little endian, interleaved. */
export interface Samples {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Of each channel. */
  readonly count: number;
  readonly channels: number;
  readonly sampleRate: number;
}

/** Speech of 16 kHz sounds like its source at this, whatever the codec. A constant rate makes all MP3 frames of one length. */
const BITS_PER_SECOND_AND_CHANNEL = 64_000;

/** Bare frames: into a pipe, ffmpeg cannot write the headers that tell length and delay. */
const CODING: Readonly<Record<EncodedFormat, readonly string[]>> = {
  mp3: ['-c:a', 'libmp3lame', '-write_xing', '0', '-id3v2_version', '0', '-f', 'mp3'],
  m4a: ['-c:a', 'aac', '-f', 'adts'],
};

/**
 * Samples as an MP3 or M4A (AAC) file, in pieces, encoded by ffmpeg as locked down as for decoding. The file tells its length to the
 * sample, and nothing else: no tags, no name of a program but the encoder's. Throws `ffmpeg.missing`, `export.failed` if ffmpeg
 * cannot encode this, and what reading the samples throws.
 */
export async function* encodedSound(
  ffmpeg: Ffmpeg,
  samples: Samples,
  format: EncodedFormat,
): AsyncGenerator<Uint8Array> {
  const { channels, sampleRate } = samples;
  const bitsPerSecond = BITS_PER_SECOND_AND_CHANNEL * channels;
  const frames = encoded(ffmpeg, samples, [...CODING[format], '-b:a', String(bitsPerSecond)]);
  const facts = { sampleCount: samples.count, channels, sampleRate, bitsPerSecond };
  yield* format === 'mp3' ? mp3File(frames, facts) : m4aFile(frames, facts);
}

async function* encoded(
  ffmpeg: Ffmpeg,
  { bytes, channels, sampleRate }: Samples,
  coding: readonly string[],
): AsyncGenerator<Buffer> {
  const args = [
    ...['-hide_banner', '-loglevel', 'error', '-protocol_whitelist', 'pipe', '-threads', '1'],
    ...['-f', 's16le', '-ar', String(sampleRate), '-ac', String(channels), '-i', 'pipe:0'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', ...coding, 'pipe:1'],
  ];
  const child = startFfmpeg(ffmpeg, { descriptor: null }, args, bytes);
  try {
    for await (const piece of child.stdout) yield piece as Buffer;
    await child.fed;
    const { code } = await child.ended;
    if (code !== 0) throw new AppError('export.failed', {}, { cause: new Error(child.log()) });
  } finally {
    child.kill();
  }
}
