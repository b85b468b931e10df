import { Readable } from 'node:stream';
import { CaptureFrame } from '../../contract/capture.ts';
import { AppError } from '../../contract/errors.ts';
import { waveDataBytes, waveFormat } from '../media/containers/plain-sound.ts';
import { fileError } from '../system-errors.ts';

/** Plain samples without a header. */
export interface RawSound {
  readonly encoding: SampleEncoding;
  /** In hertz. */
  readonly sampleRate: number;
  readonly channels: number;
}

/** How a sample is encoded, by ffmpeg's names. */
export type SampleEncoding = keyof typeof ENCODINGS;

/** A microphone, and the computer's own sound. */
const MOST_CHANNELS = 2;

/** A header that is longer than this holds no sound that can be waited for. */
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

const rounded = (value: number) => Math.max(-32_768, Math.min(32_767, Math.round(value * 32_768)));

/** Bytes of a sample, and its value in 16 bits: integers lose their lower bits, as in ffmpeg without dither. */
const ENCODINGS = {
  u8: { bytes: 1, read: (bytes: Buffer, at: number) => (bytes.readUInt8(at) - 128) * 256 },
  s16le: { bytes: 2, read: (bytes: Buffer, at: number) => bytes.readInt16LE(at) },
  s24le: { bytes: 3, read: (bytes: Buffer, at: number) => bytes.readInt16LE(at + 1) },
  s32le: { bytes: 4, read: (bytes: Buffer, at: number) => bytes.readInt16LE(at + 2) },
  f32le: { bytes: 4, read: (bytes: Buffer, at: number) => rounded(bytes.readFloatLE(at)) },
  f64le: { bytes: 8, read: (bytes: Buffer, at: number) => rounded(bytes.readDoubleLE(at)) },
  mulaw: { bytes: 1, read: (bytes: Buffer, at: number) => muLaw(bytes.readUInt8(at)) },
  alaw: { bytes: 1, read: (bytes: Buffer, at: number) => aLaw(bytes.readUInt8(at)) },
};

/** µ-law of ITU-T G.711: 8 bits with the sign inverted. */
function muLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return (code & 0x80) === 0 ? magnitude : -magnitude;
}

/** A-law of ITU-T G.711: every other bit is inverted. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const mantissa = (code & 0x0f) << 4;
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}

/**
 * Sound that arrives as a stream of bytes: a WAV (RIFF, RF64 or BW64; Microsoft's RIFF specification and EBU Tech 3306) or
 * plain samples. A WAV whose length is not declared, as of a program that cannot seek back, goes on to the stream's end;
 * one that holds more than it declares is believed only if chunks follow.
 */
export class SoundStream {
  /** What the user knows the sound by. */
  readonly name: string;
  /** In hertz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly #bytes: ByteQueue;
  readonly #encoding: SampleEncoding;
  /** Bytes of sound by the header; null if it does not tell. */
  readonly #declaredBytes: number | null;
  /** Ends reading. */
  readonly close: () => void;

  private constructor(
    name: string,
    stream: AsyncIterable<Uint8Array>,
    bytes: ByteQueue,
    raw: RawSound,
    declaredBytes: number | null,
  ) {
    this.name = name;
    this.close = () => {
      if (stream instanceof Readable) stream.destroy();
    };
    this.sampleRate = raw.sampleRate;
    this.channels = raw.channels;
    this.#bytes = bytes;
    this.#encoding = raw.encoding;
    this.#declaredBytes = declaredBytes;
  }

  /**
   * Reads the header, unless the samples are `raw`, and waits for the first sample. Throws `capture.noSound`,
   * `capture.notWave`, `capture.soundUnsupported`, and file errors.
   */
  static async open(
    stream: AsyncIterable<Uint8Array>,
    name: string,
    raw: RawSound | null,
  ): Promise<SoundStream> {
    const bytes = new ByteQueue(stream, name);
    const sound = raw === null ? await readHeader(bytes, name) : { ...raw, declaredBytes: null };
    const { sampleRate, channels, declaredBytes } = sound;
    if (!CaptureFrame.shape.sampleRate.safeParse(sampleRate).success || channels > MOST_CHANNELS) {
      throw unsupported(name, `${sampleRate} Hz, ${channels} channels`);
    }
    if ((await bytes.peek(ENCODINGS[sound.encoding].bytes * channels)) === null) throw noSound(name);
    return new SoundStream(name, stream, bytes, sound, declaredBytes);
  }

  /** The samples as they arrive, interleaved, always of all channels. Throws file errors. */
  async *samples(): AsyncGenerator<Int16Array> {
    let left = this.#declaredBytes ?? Number.POSITIVE_INFINITY;
    const frameBytes = ENCODINGS[this.#encoding].bytes * this.channels;
    while (true) {
      const chunk = await this.#bytes.next(left, frameBytes);
      if (chunk !== null) {
        left -= chunk.length;
        yield decoded(chunk, this.#encoding);
      } else if (Number.isFinite(left) && !(await this.#chunkFollows())) {
        left = Number.POSITIVE_INFINITY;
      } else {
        return;
      }
    }
  }

  /** Whether the sound has ended as declared: with the stream, or with another chunk. */
  async #chunkFollows(): Promise<boolean> {
    const next = await this.#bytes.peek(5);
    if (next === null) return true;
    return [0, 1].some((padding) => /^[\w ]{4}$/.test(next.toString('latin1', padding, padding + 4)));
  }
}

async function readHeader(
  bytes: ByteQueue,
  name: string,
): Promise<RawSound & { declaredBytes: number | null }> {
  const head = await bytes.peek(12);
  if (head === null) throw (await bytes.peek(1)) === null ? noSound(name) : notWave(name);
  const magic = head.toString('latin1', 0, 4);
  const isWave = ['RIFF', 'RF64', 'BW64'].includes(magic) && head.toString('latin1', 8, 12) === 'WAVE';
  if (!isWave) throw notWave(name);
  bytes.skip(12);
  let format: ReturnType<typeof waveFormat> = null;
  let longBytes: number | null = null;
  for (let read = 12; read < MOST_HEADER_BYTES; ) {
    const chunk = await bytes.peek(8);
    if (chunk === null) throw noSound(name);
    bytes.skip(8);
    const [kind, size] = [chunk.toString('latin1', 0, 4), chunk.readUInt32LE(4)];
    if (kind === 'data')
      return { ...plain(format, name), declaredBytes: waveDataBytes(magic, size, longBytes) };
    const padded = size + (size % 2);
    read += 8 + padded;
    if (read > MOST_HEADER_BYTES) break;
    const body = await bytes.peek(padded);
    if (body === null) throw noSound(name);
    bytes.skip(padded);
    if (kind === 'ds64' && size >= 16) longBytes = Number(body.readBigUInt64LE(8));
    if (kind === 'fmt ') format = waveFormat(body.subarray(0, size), false);
  }
  throw notWave(name);
}

function plain(format: ReturnType<typeof waveFormat>, name: string): RawSound {
  if (format === null) throw notWave(name);
  const { demuxer, sampleRate, channels } = format;
  if (demuxer === null || !Object.hasOwn(ENCODINGS, demuxer))
    throw unsupported(name, demuxer ?? 'unknown coding');
  return { encoding: demuxer as SampleEncoding, sampleRate, channels };
}

function decoded(bytes: Buffer, encoding: SampleEncoding): Int16Array {
  const { bytes: size, read } = ENCODINGS[encoding];
  const samples = new Int16Array(bytes.length / size);
  // As every processor that this runs on has them.
  if (encoding === 's16le') {
    new Uint8Array(samples.buffer).set(bytes);
    return samples;
  }
  for (let index = 0; index < samples.length; index += 1) samples[index] = read(bytes, index * size);
  return samples;
}

function noSound(file: string): AppError {
  return new AppError('capture.noSound', { file });
}

function notWave(file: string): AppError {
  return new AppError('capture.notWave', { file });
}

function unsupported(file: string, format: string): AppError {
  return new AppError('capture.soundUnsupported', { file, format });
}

/** The bytes of a stream that have arrived and were not taken yet. */
class ByteQueue {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #name: string;
  #waiting: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Uint8Array>, name: string) {
    this.#chunks = stream[Symbol.asyncIterator]();
    this.#name = name;
  }

  /** The next bytes, which stay; null if the stream ends before. */
  async peek(length: number): Promise<Buffer | null> {
    while (this.#waiting.length < length) if (!(await this.#more())) return null;
    return this.#waiting.subarray(0, length);
  }

  skip(length: number): void {
    this.#waiting = this.#waiting.subarray(length);
  }

  /** What has arrived, at most so many bytes, in whole frames: at least one; null if there is none left. */
  async next(most: number, frameBytes: number): Promise<Buffer | null> {
    if (most < frameBytes || (await this.peek(frameBytes)) === null) return null;
    const length = Math.min(most, this.#waiting.length);
    const taken = this.#waiting.subarray(0, length - (length % frameBytes));
    this.skip(taken.length);
    return taken;
  }

  async #more(): Promise<boolean> {
    try {
      const { value, done } = await this.#chunks.next();
      if (done === true) return false;
      const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
      return true;
    } catch (error) {
      throw fileError(error, this.#name);
    }
  }
}
