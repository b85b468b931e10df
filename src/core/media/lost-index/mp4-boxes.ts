import type { Source } from '../source.ts';

/** A box of an MP4, M4A, 3GP or MOV file (ISO/IEC 14496-12 §4.2). */
export interface Box {
  readonly type: string;
  /** Where its content begins and ends in the file or buffer. */
  readonly start: number;
  readonly end: number;
}

/** The boxes of a file that has audio but may lack its index. */
export interface Mp4Outline {
  /** The `ftyp` box's content, the same for files of one recorder; empty if there is none. */
  readonly brand: Buffer;
  /** The index, with every track in it whole; null if the file has none. */
  readonly index: Box | null;
  /** There is an index, but the file ends within a track of it. */
  readonly indexIsCut: boolean;
  /** The samples; null if there are none. */
  readonly samples: Box | null;
}

const HEADER_BYTES = 16;
const MOST_BOXES = 1000;
const BRAND_BYTES = 64;

/** Reads which boxes a file consists of. Null if it is no such file. Error: `file.readFailed`. */
export async function mp4Outline(source: Source): Promise<Mp4Outline | null> {
  let brand: Buffer = Buffer.alloc(0);
  let index: Box | null = null;
  let samples: Box | null = null;
  let indexIsCut = false;
  let position = 0;
  for (let count = 0; count < MOST_BOXES && position < source.sizeBytes; count++) {
    const box = await boxAt(source, position);
    if (box === null) {
      // A recorder writes the size of the samples last: instead of another box, more samples may follow.
      if (samples !== null && index === null) samples = { ...samples, end: source.sizeBytes };
      break;
    }
    const end = Math.min(box.end, source.sizeBytes);
    if (box.type === 'ftyp') brand = await bytesAt(source, box.start, Math.min(end - box.start, BRAND_BYTES));
    if (box.type === 'moof' || (box.type === 'moov' && (await tracksAreWhole(source, box)))) {
      index ??= { ...box, end };
    } else if (box.type === 'moov') {
      indexIsCut = true;
    }
    if (box.type === 'mdat' && (samples === null || samples.end - samples.start < end - box.start)) {
      samples = { ...box, end };
    }
    position = box.end;
  }
  return samples === null && index === null ? null : { brand, index, indexIsCut, samples };
}

/** Whether a file reaches the end of the last track of its index: other missing boxes do not affect its audio. */
async function tracksAreWhole(source: Source, index: Box): Promise<boolean> {
  if (index.end <= source.sizeBytes) return true;
  let tracks = 0;
  let position = index.start;
  for (let count = 0; count < MOST_BOXES && position < index.end; count++) {
    const header = await bytesAt(source, position, 8);
    const size = header.length < 8 ? 0 : header.readUInt32BE(0);
    const isTrack = header.toString('latin1', 4, 8) === 'trak';
    if (size < 8 || position + size > source.sizeBytes) return tracks > 0 && !isTrack && header.length === 8;
    if (isTrack) tracks += 1;
    position += size;
  }
  return tracks > 0;
}

/** The boxes that are known at the top of a file. Samples can look like any other. */
const KNOWN_BOXES = new Set([
  ...['ftyp', 'styp', 'moov', 'moof', 'mdat', 'free', 'skip', 'wide', 'pnot', 'PICT', 'udta', 'uuid', 'meta'],
  ...['sidx', 'ssix', 'mfra', 'emsg', 'prft', 'pdin', 'beam', 'junk', 'thum'],
]);

async function boxAt(source: Source, position: number): Promise<Box | null> {
  const header = await bytesAt(source, position, HEADER_BYTES);
  if (header.length < 8) return null;
  const type = header.toString('latin1', 4, 8);
  if (!KNOWN_BOXES.has(type)) return null;
  const short = header.readUInt32BE(0);
  // To the end of the file.
  if (short === 0) return { type, start: position + 8, end: source.sizeBytes };
  if (short !== 1) return { type, start: position + 8, end: position + Math.max(8, short) };
  const long = header.length < HEADER_BYTES ? 0n : header.readBigUInt64BE(8);
  const size = long > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER - position : Number(long);
  return { type, start: position + HEADER_BYTES, end: position + Math.max(HEADER_BYTES, size) };
}

/** The boxes that follow one another in a range of a buffer, as far as they are valid. */
export function* boxesIn(buffer: Buffer, start = 0, end = buffer.length): Generator<Box> {
  for (let position = start; position + 8 <= end; ) {
    const size = buffer.readUInt32BE(position);
    if (size < 8) return;
    const next = Math.min(end, position + size);
    yield { type: buffer.toString('latin1', position + 4, position + 8), start: position + 8, end: next };
    position = next;
  }
}

/** Bytes of a source, fewer at its end. Error: `file.readFailed`. */
export async function bytesAt(source: Source, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  return buffer.subarray(0, await source.read(buffer, position));
}
