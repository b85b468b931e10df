import { AppError } from '../../contract/errors.ts';
import { hasRawEnding } from './raw-by-ending.ts';
import type { Source } from './source.ts';

/** What a file is by its first bytes, before any decoder reads it; `binary` is everything that may be media. */
export type Sniffed = 'binary' | 'text' | 'playlist' | 'ds2';

const SNIFFED_BYTES = 4096;
const ID3_HEADER_BYTES = 10;

/**
 * Refuses, by its first bytes, a source that should not reach the decoder.
 * Errors: `media.text`, `media.playlist`, `media.ds2`, `file.readFailed`.
 */
export async function refuseByContent(source: Source): Promise<void> {
  const start = await readAt(source, 0);
  // ffmpeg detects the format after an ID3 tag: so must we.
  const tag = id3Bytes(start);
  const kind = sniff(tag === 0 ? start : await readAt(source, tag));
  if (kind === 'binary') return;
  if (kind === 'text' && hasRawEnding(source.name) && !(await isTextThroughout(source))) return;
  throw new AppError(`media.${kind}`, { file: source.name });
}

/** Raw audio may begin like text, as with a tone that repeats one character. */
async function isTextThroughout(source: Source): Promise<boolean> {
  const places = [Math.floor(source.sizeBytes / 2), Math.max(0, source.sizeBytes - SNIFFED_BYTES)];
  for (const place of places) {
    if (sniff(await readAt(source, place)) !== 'text') return false;
  }
  return new Set(await readAt(source, 0)).size > 2;
}

/** Classifies a file by its first bytes (without ID3 tag). */
export function sniff(head: Uint8Array): Sniffed {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const latin1 = bytes.toString('latin1');
  if (latin1.startsWith('\x03ds2') || latin1.startsWith('\x03enc')) return 'ds2';
  // The two audio formats whose headers are plain text.
  if (/^(#!AMR|NIST_1A)/.test(latin1)) return 'binary';
  const text = asText(bytes);
  if (PLAYLISTS.some((pattern) => pattern.test(text ?? latin1))) return 'playlist';
  return text === null ? 'binary' : 'text';
}

const PLAYLISTS = [
  /^\uFEFF?\s*#EXTM3U/i,
  /^\uFEFF?\s*ffconcat version/i,
  /^\uFEFF?\s*\[(playlist|reference)\]/i,
  /^\uFEFF?\s*<asx\b/i,
  /^\uFEFF?\s*(<\?[^>]*\?>\s*)*(<!--.*?-->\s*)*<(smil|playlist|MPD|wpl)\b/is,
  /^\uFEFF?\s*<\?wpl\b/i,
  // Session descriptions; ffmpeg detects them by the second pattern on any line.
  /^\uFEFF?\s*v=0\r?\n[a-z]=/i,
  /^c=IN IP/m,
];

function asText(bytes: Buffer): string | null {
  if (bytes.length === 0) return null;
  const text = utf16(bytes) ?? utf8(bytes) ?? latin1(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters distinguish binary from text
  return text === null || /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text) ? null : text;
}

function utf16(bytes: Buffer): string | null {
  const even = bytes.subarray(0, bytes.length & ~1);
  if (even[0] === 0xff && even[1] === 0xfe) return new TextDecoder('utf-16le').decode(even);
  if (even[0] === 0xfe && even[1] === 0xff) return new TextDecoder('utf-16be').decode(even);
  return null;
}

function utf8(bytes: Buffer): string | null {
  try {
    // As a stream, because the last character may be cut.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** Old single-byte encodings: mostly ASCII with some accents. */
function latin1(bytes: Buffer): string | null {
  const high = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  return high <= bytes.length * 0.3 ? bytes.toString('latin1') : null;
}

async function readAt(source: Source, position: number): Promise<Buffer> {
  const buffer = Buffer.alloc(SNIFFED_BYTES);
  return buffer.subarray(0, await source.read(buffer, position));
}

/**
 * Length in bytes of the ID3v2 tag that these bytes begin with, 0 if there is none (id3.org, ID3v2.4 §3.1: a 28-bit
 * length in 4 bytes).
 */
export function id3Bytes(head: Buffer): number {
  if (head.length < ID3_HEADER_BYTES || head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const length = [6, 7, 8, 9].reduce((sum, i) => sum * 128 + ((head[i] ?? 0) & 0x7f), 0);
  const footer = ((head[5] ?? 0) & 0x10) !== 0 ? ID3_HEADER_BYTES : 0;
  return ID3_HEADER_BYTES + length + footer;
}
