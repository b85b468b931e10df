import { AppError } from '../../../contract/errors.ts';
import type { EncodedFacts } from './mp3-file.ts';

const SAMPLES_PER_FRAME = 1024;
/** Samples that ffmpeg's encoder puts before the first (libavcodec/aacenc.c, `initial_padding`). */
const ENCODER_DELAY = 1024;
const ADTS_HEADER_BYTES = 7;
/** Frames that lie together: some seconds. */
const FRAMES_IN_CHUNK = 64;

/** The rates that a frame's header can name, in its order (ISO 14496-3, table 1.18). */
const RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/**
 * AAC frames with ADTS headers (ISO 14496-3, 1.A.2.2) as an M4A file (ISO 14496-12 and -14), whose index is at its end: it can be written
 * without going back. Its edit list leaves out what the encoder put before and behind the samples. It has no time of creation and no tags.
 * Throws `export.failed` if they are no such frames.
 */
export async function* m4aFile(
  bytes: AsyncIterable<Buffer>,
  facts: EncodedFacts,
): AsyncGenerator<Uint8Array> {
  const start = box('ftyp', Buffer.from('M4A \0\0\0\0M4A isomiso2', 'latin1'));
  yield start;
  let place = start.length;
  const sizes: number[] = [];
  const chunks: number[] = [];
  let chunk: Buffer[] = [];
  const closed = () => {
    chunks.push(place + 8);
    const data = box('mdat', ...chunk);
    place += data.length;
    chunk = [];
    return data;
  };
  for await (const frame of framesIn(bytes)) {
    sizes.push(frame.length);
    chunk.push(frame);
    if (chunk.length === FRAMES_IN_CHUNK) yield closed();
  }
  if (chunk.length > 0) yield closed();
  yield movie(facts, sizes, chunks);
}

async function* framesIn(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of bytes) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    while (held.length >= ADTS_HEADER_BYTES) {
      const length = ((held.readUIntBE(3, 3) >> 5) & 0x1fff) as number;
      if (held.readUInt16BE(0) >> 4 !== 0xfff || length <= ADTS_HEADER_BYTES)
        throw new AppError('export.failed', {});
      if (held.length < length) break;
      yield held.subarray(ADTS_HEADER_BYTES, length);
      held = held.subarray(length);
    }
  }
  if (held.length > 0) throw new AppError('export.failed', {});
}

const UNITY = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

/** The index: one track of one kind of samples. */
function movie(facts: EncodedFacts, sizes: readonly number[], chunks: readonly number[]): Buffer {
  const { sampleCount, sampleRate } = facts;
  const mediaDuration = sizes.length * SAMPLES_PER_FRAME;
  const header = box(
    'mvhd',
    words(0, 0, 0, sampleRate, sampleCount, 0x1_0000, 0x100_0000, 0, 0, ...UNITY, 0, 0, 0, 0, 0, 0, 2),
  );
  const trackHeader = box(
    'tkhd',
    // Enabled, in the movie and in its preview.
    words(7, 0, 0, 1, 0, sampleCount, 0, 0, 0, 0x100_0000, ...UNITY, 0, 0),
  );
  const edits = box('edts', box('elst', words(0, 1, sampleCount, ENCODER_DELAY, 0x1_0000)));
  // 0x55c4: the language is undetermined.
  const mediaHeader = box('mdhd', words(0, 0, 0, sampleRate, mediaDuration, 0x55c4_0000));
  const handler = box('hdlr', words(0, 0), Buffer.from('soun'), words(0, 0, 0), Buffer.alloc(1));
  const data = box('dinf', box('dref', words(0, 1), box('url ', words(1))));
  const lastSize = sizes.length % FRAMES_IN_CHUNK || FRAMES_IN_CHUNK;
  const groups = [...(chunks.length > 1 ? [1, FRAMES_IN_CHUNK, 1] : []), ...[chunks.length, lastSize, 1]];
  const table = box(
    'stbl',
    box('stsd', words(0, 1), sampleEntry(facts)),
    box('stts', words(0, 1, sizes.length, SAMPLES_PER_FRAME)),
    box('stsc', words(0, groups.length / 3, ...groups)),
    box('stsz', words(0, 0, sizes.length), wordList(sizes)),
    box('stco', words(0, chunks.length), wordList(chunks)),
  );
  const media = box('mdia', mediaHeader, handler, box('minf', box('smhd', words(0, 0)), data, table));
  return box('moov', header, box('trak', trackHeader, edits, media));
}

/** How the samples are coded: AAC of low complexity. */
function sampleEntry({ channels, sampleRate, bitsPerSecond }: EncodedFacts): Buffer {
  const coding = Buffer.alloc(2);
  coding.writeUInt16BE((2 << 11) | (RATES.indexOf(sampleRate) << 7) | (channels << 3));
  const decoder = descriptor(
    4,
    Buffer.from([0x40, 0x15, 0, 0, 0]),
    words(bitsPerSecond, bitsPerSecond),
    descriptor(5, coding),
  );
  const stream = descriptor(3, Buffer.from([0, 0, 0]), decoder, descriptor(6, Buffer.from([2])));
  return box(
    'mp4a',
    words(0, 1, 0, 0, (channels << 16) | 16, 0, sampleRate << 16),
    box('esds', words(0), stream),
  );
}

function box(type: string, ...content: readonly Buffer[]): Buffer {
  const size = content.reduce((sum, { length }) => sum + length, 8);
  return Buffer.concat([words(size), Buffer.from(type, 'latin1'), ...content], size);
}

function descriptor(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, body.length]), body]);
}

function words(...values: readonly number[]): Buffer {
  return wordList(values);
}

/** Numbers of 32 bits, big endian. */
function wordList(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, at * 4);
  return bytes;
}
