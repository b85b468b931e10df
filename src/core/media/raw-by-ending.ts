import { extname } from 'node:path';
import type { MediaFacts } from '../../contract/recording.ts';
import { bytesAt } from './lost-index/mp4-boxes.ts';
import { RAW_ENDINGS, RAW_READINGS, type RawSound } from './raw-codings.ts';
import type { Source } from './source.ts';

/** Whether a file's extension means that its audio has no header. */
export function hasRawEnding(name: string): boolean {
  return RAW_ENDINGS.has(extname(name).toLowerCase());
}

/**
 * A source's facts by its extension, if its content is inconclusive. Null for other extensions, or if the file begins like
 * one of another kind. Error: `file.readFailed`.
 */
export async function factsByEnding(source: Source): Promise<MediaFacts | null> {
  const ending = extname(source.name).toLowerCase();
  const usual = RAW_ENDINGS.get(ending);
  if (usual === undefined || OTHER_KINDS.test((await bytesAt(source, 0, 16)).toString('latin1'))) return null;
  const middle = Math.floor(source.sizeBytes / 2 / 32) * 32;
  const { coding, sampleRate } = likeliest(usual, await bytesAt(source, middle, JUDGED_BYTES));
  return {
    container: RAW_READINGS[coding].demuxer,
    claimedDurationMs: null,
    tracks: [{ index: 0, codec: coding, channels: 1, sampleRate, language: null, title: null }],
    hasVideo: false,
    assumed: { because: 'ending', coding, sampleRate, channels: 1, by: ending },
  };
}

/** First bytes of files that are no raw audio, even if they could not be read: audio, pictures, archives, programs. */
const OTHER_KINDS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are bytes
  /^(RIFF|RIFX|RF64|riff|\.snd|FORM|caff|OggS|fLaC|ID3|#!|\x1aE\xdf\xa3|0&\xb2u|FLV|MThd|wvpk|TTA|MAC |Creative|NIST|\x02dss|....(ftyp|moov|mdat|wide|free|skip)|PK\x03\x04|%PDF|\xff\xd8\xff|\x89PNG|GIF8|II[*U]\x00|MM\x00\*|BM|\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|MZ|\x7fELF|SQLite|\xd0\xcf\x11\xe0)/s;

const JUDGED_BYTES = 256 * 1024;

/**
 * Some extensions mean several codings: then the one least like noise is used, if it is so by far. Only the rate remains
 * a guess.
 */
function likeliest(usual: RawSound, bytes: Buffer): RawSound {
  if (!['mulaw', 'alaw', 's16le', 'vox'].includes(usual.coding)) return usual;
  const sampleRate = usual.sampleRate;
  let best = usual;
  let least = usual.coding === 'vox' ? NOISE / 2 : roughness(SAMPLES[usual.coding as Judged](bytes)) / 2;
  for (const coding of ['mulaw', 'alaw', 's16le'] as const) {
    const found = roughness(SAMPLES[coding](bytes));
    if (coding !== usual.coding && found < least && found < SOUND) {
      best = { coding, sampleRate };
      least = found;
    }
  }
  return best;
}

type Judged = 'mulaw' | 'alaw' | 's16le';

/** The roughness of samples that are uncorrelated. */
const NOISE = 2;

/** Speech stays below this at any of the rates. */
const SOUND = 1;

/** How much samples differ from those before them, relative to their size: 2 in noise, far less in audio. */
function roughness(samples: Int16Array): number {
  let energy = 0;
  let change = 0;
  for (let i = 1; i < samples.length; i++) {
    const sample = samples[i] ?? 0;
    energy += sample ** 2;
    change += (sample - (samples[i - 1] ?? 0)) ** 2;
  }
  return energy === 0 ? NOISE : change / energy;
}

const SAMPLES: Readonly<Record<Judged, (bytes: Buffer) => Int16Array>> = {
  mulaw: (bytes) => Int16Array.from(bytes, muLaw),
  alaw: (bytes) => Int16Array.from(bytes, aLaw),
  s16le: (bytes) => Int16Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i)),
};

/** ITU-T G.711 §3.2. */
function muLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = (((code & 15) << 3) + 132) << ((code >> 4) & 7);
  return (code & 0x80) === 0 ? magnitude - 132 : 132 - magnitude;
}

/** ITU-T G.711 §3.1. */
function aLaw(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return (code & 0x80) === 0 ? -magnitude : magnitude;
}
