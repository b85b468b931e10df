import { AppError } from '../../../contract/errors.ts';
import type { AssumedReading } from '../../../contract/recording.ts';
import type { Source } from '../source.ts';
import { SCALE_FACTOR_BANDS } from './aac-bands.ts';
import { aacFrameAt, MAX_AAC_FRAME_BYTES } from './aac-frame.ts';
import { AacRunFinder, SURE_FRAMES } from './aac-run.ts';
import { amrFrameBytes, findAmrFrames } from './amr-frame.ts';
import { type Box, mp4Outline } from './mp4-boxes.ts';
import { SearchBudget } from './search-budget.ts';

/** Finds frames among other or damaged bytes. */
interface FrameFinder {
  readonly patience: SearchBudget;
  /** Length of the frame that begins here, 0 if none does. */
  frameAt(bytes: Uint8Array, at: number): number;
  /** Where the next frames begin, from `at` on; null if there are none. */
  find(bytes: Uint8Array, at: number): number | null;
  /** The header that the decoder needs before a frame of this length; null for nothing. */
  head(size: number): Uint8Array | null;
}

/**
 * The samples of a file without an index as the decoder reads them: if coded in frames, one after the other, each with
 * the header of its length. Errors: `media.unreadable`, `file.readFailed`.
 */
export async function lostSamples(
  source: Source,
  assumed: AssumedReading,
): Promise<AsyncIterable<Uint8Array>> {
  const samples = (await mp4Outline(source))?.samples ?? null;
  if (samples === null) throw new AppError('media.unreadable', { file: source.name });
  switch (assumed.coding) {
    case 'aac':
      return frames(source, samples, aacFinder(assumed));
    case 'amrnb':
    case 'amrwb':
      return frames(source, samples, amrFinder(assumed.coding));
    default:
      return plainSamples(source, samples);
  }
}

const BLOCK_BYTES = 256 * 1024;

/** Bytes needed after a frame to decide whether others follow it. */
const AHEAD_BYTES = 2 * SURE_FRAMES * MAX_AAC_FRAME_BYTES;

async function* blocks(source: Source, { start, end }: Box): AsyncGenerator<Buffer> {
  for (let position = start; position < end; ) {
    const block = Buffer.alloc(Math.min(BLOCK_BYTES, end - position));
    const count = await source.read(block, position);
    if (count === 0) return;
    position += count;
    yield block.subarray(0, count);
  }
}

async function* plainSamples(source: Source, samples: Box): AsyncGenerator<Uint8Array> {
  yield* blocks(source, samples);
}

async function* frames(source: Source, samples: Box, finder: FrameFinder): AsyncGenerator<Uint8Array> {
  let window = Buffer.alloc(0);
  for await (const block of blocks(source, samples)) {
    finder.patience.grant(block.length);
    window = Buffer.concat([window, block]);
    const { found, rest } = framesIn(window, finder, AHEAD_BYTES);
    window = Buffer.from(window.subarray(rest));
    if (found.length > 0) yield found;
  }
  const { found } = framesIn(window, finder, 0);
  if (found.length > 0) yield found;
}

/** The frames in a window but for those in its last bytes, and where the rest begins. */
function framesIn(window: Buffer, finder: FrameFinder, ahead: number): { found: Buffer; rest: number } {
  const pieces: Uint8Array[] = [];
  const end = window.length - ahead;
  let at = 0;
  // Start of the frames that are not yet in `pieces`.
  let from = 0;
  while (at < end) {
    const size = finder.frameAt(window, at);
    if (size > 0) {
      const head = finder.head(size);
      if (head !== null) {
        pieces.push(window.subarray(from, at), head);
        from = at;
      }
      at += size;
      continue;
    }
    pieces.push(window.subarray(from, at));
    at = finder.find(window, at + 1) ?? Math.max(at + 1, end);
    from = at;
  }
  pieces.push(window.subarray(from, at));
  return { found: Buffer.concat(pieces), rest: at };
}

function aacFinder({ sampleRate, channels }: AssumedReading): FrameFinder {
  const bands = SCALE_FACTOR_BANDS.find(({ sampleRates }) => sampleRates.includes(sampleRate));
  if (bands === undefined) throw new Error('AAC has no such sample rate');
  const finder = new AacRunFinder(bands);
  return {
    patience: finder.patience,
    frameAt: (bytes, at) => {
      const frame = aacFrameAt(bytes, at, bands);
      return frame.channels === channels ? frame.sizeBytes : 0;
    },
    find: (bytes, at) => finder.find(bytes, at, channels, SURE_FRAMES),
    head: (size) => adtsHeader(size, sampleRate, channels),
  };
}

/** ADTS (ISO/IEC 14496-3 §1.A.3.2): sync word, profile, rate and channels, and the length of header and frame. */
function adtsHeader(size: number, sampleRate: number, channels: number): Uint8Array {
  const length = size + 7;
  const low = 1;
  const rate = ADTS_RATES.indexOf(sampleRate);
  return Uint8Array.of(
    0xff,
    0xf1,
    (low << 6) | (rate << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  );
}

const ADTS_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
];

function amrFinder(kind: 'amrnb' | 'amrwb'): FrameFinder {
  const patience = new SearchBudget();
  return {
    patience,
    frameAt: (bytes, at) => amrFrameBytes(bytes, at, kind),
    find: (bytes, at) => findAmrFrames(bytes, at, kind, patience),
    head: () => null,
  };
}
