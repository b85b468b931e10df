import { readdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { AssumedReading, MediaFacts } from '../../../contract/recording.ts';
import { openSource, type Source } from '../source.ts';
import { SCALE_FACTOR_BANDS } from './aac-bands.ts';
import { type AacRun, AacRunFinder, SURE_FRAMES } from './aac-run.ts';
import { beginsWithAmr } from './amr-frame.ts';
import { bytesAt, type Mp4Outline, mp4Outline } from './mp4-boxes.ts';
import { type Mp4Sound, mp4Sound } from './mp4-sound.ts';

/** Bytes of the samples that are read to detect their coding. */
const LOOKED_AT_BYTES = 1024 * 1024;

/** Whether a file has samples but no index, as after a recorder's power failure. */
export function hasLostIndex(outline: Mp4Outline | null): outline is Mp4Outline & { samples: object } {
  return outline !== null && outline.index === null && outline.samples !== null;
}

/** Whether the samples of such a file are more than reserved space. Error: `file.readFailed`. */
export async function holdsSound(source: Source, { samples }: Mp4Outline): Promise<boolean> {
  if (samples === null || samples.end - samples.start < LEAST_BYTES) return false;
  return isSound(
    await bytesAt(source, samples.start, Math.min(samples.end - samples.start, LOOKED_AT_BYTES)),
  );
}

/** Less than this is no audio worth recovering. */
const LEAST_BYTES = 512;

/**
 * Detects how the samples of a file without an index are coded: by themselves, and by a whole recording of the same
 * recorder beside it, if there is one. Null if that cannot be known. Error: `file.readFailed`.
 */
export async function findLostSound(source: Source, outline: Mp4Outline): Promise<MediaFacts | null> {
  const { samples } = outline;
  if (samples === null) return null;
  const length = Math.min(samples.end - samples.start, LOOKED_AT_BYTES);
  const bytes = await bytesAt(source, samples.start, length);
  const sister = await sisterSound(source, outline);
  for (const kind of ['amrnb', 'amrwb'] as const) {
    if (beginsWithAmr(bytes, kind)) {
      return factsOf(kind, kind === 'amrnb' ? 8_000 : 16_000, 1, null);
    }
  }
  const aac = longestAacRun(bytes);
  if (aac !== null) {
    const known = sister?.sound.format === 'mp4a' && aac.sampleRates.includes(sister.sound.sampleRate);
    const sampleRate = known ? sister.sound.sampleRate : likelyRate(aac, outline.brand);
    return factsOf('aac', sampleRate, aac.channels, known ? sister.name : null);
  }
  const coding = sister === null ? null : plainCoding(sister.sound);
  if (sister === null || coding === null || !isSound(bytes)) return null;
  const { sampleRate, channels } = sister.sound;
  return sampleRate > 0 && channels > 0 ? factsOf(coding, sampleRate, channels, sister.name) : null;
}

function factsOf(
  coding: AssumedReading['coding'],
  sampleRate: number,
  channels: number,
  by: string | null,
): MediaFacts {
  return {
    container: coding,
    claimedDurationMs: null,
    tracks: [{ index: 0, codec: coding, channels, sampleRate, language: null, title: null }],
    hasVideo: false,
    assumed: { because: 'lostIndex', coding, sampleRate, channels, by },
  };
}

function isSound(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte !== 0);
}

/** The longest run of AAC frames from one position on, among all rates. Audio of a video may begin after pictures. */
function longestAacRun(bytes: Buffer): AacRun | null {
  let best: AacRun | null = null;
  for (const bands of SCALE_FACTOR_BANDS) {
    const finder = new AacRunFinder(bands);
    finder.patience.grant(bytes.length);
    const start = finder.find(bytes, 0, 0, SURE_FRAMES);
    if (start === null) continue;
    const run = finder.runAt(bytes, start, Number.POSITIVE_INFINITY);
    if (best === null || run.sizeBytes > best.sizeBytes) best = run;
  }
  return best;
}

/** Bit rates that recorders are set to, in bits a second. */
const USUAL_BIT_RATES = [
  12_000, 16_000, 24_000, 32_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 160_000, 192_000,
  256_000,
];

/**
 * Of the rates that a frame cannot distinguish, the one that implies a usual bit rate, if only one does; else Apple's
 * recorders use 48 kHz and most others 44.1 kHz.
 */
function likelyRate({ sampleRates, frames, sizeBytes }: AacRun, brand: Buffer): number {
  const offUsual = (rate: number) => {
    const bitRate = (sizeBytes / frames) * 8 * (rate / 1024);
    return Math.min(...USUAL_BIT_RATES.map((usual) => Math.abs(bitRate / usual - 1)));
  };
  const fitting = sampleRates.filter((rate) => offUsual(rate) < 0.005);
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0 && frames >= 200) return only;
  const isApple = brand.toString('latin1', 0, 4) === 'M4A ' && brand.readUInt32BE(4) === 0;
  const preferred = isApple && sampleRates.includes(48_000) ? 48_000 : sampleRates[0];
  return preferred ?? 44_100;
}

/** Samples of one length each, which need no index. */
function plainCoding({ format, bitsPerSample, littleEndian }: Mp4Sound): AssumedReading['coding'] | null {
  if (format === 'ulaw') return 'mulaw';
  if (format === 'alaw') return 'alaw';
  if (format === 'in24') return 's24be';
  if (!['sowt', 'twos', 'lpcm'].includes(format)) return null;
  if (bitsPerSample === 16) return littleEndian ? 's16le' : 's16be';
  if (bitsPerSample === 24) return littleEndian ? 's24le' : 's24be';
  return null;
}

/** Most files beside it that are examined. */
const MOST_SISTERS = 40;

interface Sister {
  readonly name: string;
  readonly sound: Mp4Sound;
}

/** The audio format of the same recorder's intact recording in the same folder, nearest in time; null if there is none. */
async function sisterSound(source: Source, outline: Mp4Outline): Promise<Sister | null> {
  const folder = dirname(source.path);
  const ending = extname(source.name).toLowerCase();
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    // A file may be readable in an unreadable folder.
    return null;
  }
  const alike = names.filter((name) => name !== source.name && extname(name).toLowerCase() === ending).sort();
  const place = alike.findIndex((name) => name > source.name);
  const from = Math.max(0, (place < 0 ? alike.length : place) - MOST_SISTERS / 2);
  let best: (Sister & { readonly apartMs: number }) | null = null;
  for (const name of alike.slice(from, from + MOST_SISTERS)) {
    const apart = await soundBeside(join(folder, name), outline);
    if (apart === null) continue;
    const apartMs = Math.abs(apart.modifiedMs - source.modifiedMs);
    if (best === null || apartMs < best.apartMs) best = { name, sound: apart.sound, apartMs };
  }
  return best;
}

async function soundBeside(
  path: string,
  outline: Mp4Outline,
): Promise<{ sound: Mp4Sound; modifiedMs: number } | null> {
  let other: Source;
  try {
    other = await openSource(path);
  } catch {
    return null;
  }
  try {
    const whole = await mp4Outline(other);
    if (whole === null || !whole.brand.equals(outline.brand)) return null;
    const sound = await mp4Sound(other, whole);
    return sound === null ? null : { sound, modifiedMs: other.modifiedMs };
  } catch {
    // It only helps; its errors are reported when it is opened itself.
    return null;
  } finally {
    await other.close();
  }
}
