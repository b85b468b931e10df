import type { Source } from '../source.ts';
import { type Box, boxesIn, bytesAt, type Mp4Outline } from './mp4-boxes.ts';

/** How a file's audio is coded, by its index. */
export interface Mp4Sound {
  /** The type of the sample entry, as `mp4a`, `samr` or `sowt`. */
  readonly format: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitsPerSample: number;
  readonly littleEndian: boolean;
}

/** In an index, the tables before the audio's description may be long. */
const MOST_INDEX_BYTES = 8 * 1024 * 1024;

/** The audio format of an intact file. Null if it has none that can be read. Error: `file.readFailed`. */
export async function mp4Sound(source: Source, { index }: Mp4Outline): Promise<Mp4Sound | null> {
  if (index === null) return null;
  const buffer = await bytesAt(source, index.start, Math.min(index.end - index.start, MOST_INDEX_BYTES));
  for (const track of boxesIn(buffer)) {
    if (track.type !== 'trak') continue;
    const media = inside(buffer, track, 'mdia');
    const handler = media === null ? null : inside(buffer, media, 'hdlr');
    if (media === null || handler === null) continue;
    if (buffer.toString('latin1', handler.start + 8, handler.start + 12) !== 'soun') continue;
    const description = ['minf', 'stbl', 'stsd'].reduce<Box | null>(
      (box, type) => (box === null ? null : inside(buffer, box, type)),
      media,
    );
    // Version and the number of entries precede the first one.
    const [entry] = description === null ? [] : boxesIn(buffer, description.start + 8, description.end);
    if (entry !== undefined) return soundOf(buffer, entry);
  }
  return null;
}

function inside(buffer: Buffer, outer: Box, type: string): Box | null {
  for (const box of boxesIn(buffer, outer.start, outer.end)) {
    if (box.type === type) return box;
  }
  return null;
}

/** Reads an AudioSampleEntry, in the forms of MP4 and of QuickTime's versions 0 to 2. */
function soundOf(buffer: Buffer, { type: format, start, end }: Box): Mp4Sound | null {
  if (end - start < 28) return null;
  const version = buffer.readUInt16BE(start + 8);
  const sound = {
    format,
    channels: buffer.readUInt16BE(start + 16),
    bitsPerSample: buffer.readUInt16BE(start + 18),
    sampleRate: buffer.readUInt16BE(start + 24),
    littleEndian: format === 'sowt',
  };
  if (format === 'mp4a') return { ...sound, ...audioSpecificConfig(buffer.subarray(start, end)) };
  if (version !== 2) return sound;
  if (end - start < 64) return null;
  // QuickTime File Format, Sound Sample Description (Version 2): a 64-bit rate, and flags for linear PCM.
  const flags = buffer.readUInt32BE(start + 52);
  return {
    ...sound,
    sampleRate: Math.round(buffer.readDoubleBE(start + 32)),
    channels: buffer.readUInt32BE(start + 40),
    bitsPerSample: buffer.readUInt32BE(start + 48),
    littleEndian: format === 'lpcm' && (flags & 2) === 0,
  };
}

const RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/** Rate and channels of the AAC decoder's configuration (ISO/IEC 14496-1 §7.2.6, 14496-3 §1.6.2), which the entry itself may misstate. */
function audioSpecificConfig(entry: Buffer): { sampleRate?: number; channels?: number } {
  const box = entry.indexOf('esds', 0, 'latin1');
  if (box < 0) return {};
  // The DecoderSpecificInfo: tag 5, then a length of up to four bytes of seven bits.
  let at = entry.indexOf(Buffer.of(0x05), box + 4 + 4 + 20);
  if (at < 0) return {};
  do at += 1;
  while (((entry[at] ?? 0) & 0x80) !== 0);
  const bits = ((entry[at + 1] ?? 0) << 8) | (entry[at + 2] ?? 0);
  const sampleRate = RATES[(bits >> 7) & 15];
  const channels = (bits >> 3) & 15;
  if (sampleRate === undefined || channels < 1 || channels > 2) return {};
  return { sampleRate, channels };
}
