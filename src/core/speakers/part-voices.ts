import { EMBEDDING_SIZE, SPEAKER_FRAMES } from '../../contract/speaker-models.ts';
import { normalise } from './embeddings.ts';

/** Local speakers that the segmentation model tells apart in one window. */
export const LOCAL_SPEAKERS = 3;

/** Probabilities of one window: SPEAKER_FRAMES × LOCAL_SPEAKERS. */
export const WINDOW_VALUES = SPEAKER_FRAMES * LOCAL_SPEAKERS;

/** What the segmentation model heard in one window of 10 s. */
export interface HeardWindow {
  readonly startMs: number;
  /** Per frame and local speaker: the probability that this speaker talks, in 15ths. */
  readonly activity: Uint8Array;
}

/** A stretch in which one person talks, and that person's voice. */
export interface HeardPiece {
  readonly startMs: number;
  readonly endMs: number;
  /** Index of the window, among the part's, that it was found in. */
  readonly window: number;
  /** Which of the window's local speakers talks. */
  readonly local: number;
  /** Whether nobody else talks; the voices of people who talk at once are mixed. */
  readonly isAlone: boolean;
  /** EMBEDDING_SIZE floats, of length 1. */
  readonly embedding: Float32Array;
}

/** What was heard of one part of a recording: the windows and pieces that begin in it, in order. */
export interface PartVoices {
  readonly startMs: number;
  readonly endMs: number;
  readonly windows: readonly HeardWindow[];
  readonly pieces: readonly HeardPiece[];
}

/** The first byte of a packed part. A reader that finds another number cannot read it: the part is heard again. */
const FORMAT = 1;

const OTHERS_TOO = 128;
const HEADER_BYTES = 13;
const PACKED_WINDOW_BYTES = 4 + Math.ceil(WINDOW_VALUES / 2);
const PACKED_PIECE_BYTES = 10 + EMBEDDING_SIZE;

/**
 * Packs a part for storage, little-endian: format (1 byte), start, end and number of windows (4 bytes each); per window
 * its start (4 bytes) and activity, two values per byte, the first in the low half; then per piece its start and end
 * (4 bytes each), window and local speaker (1 byte each; 128
 * is added to the latter if others talk too) and its embedding's floats as signed bytes, the greatest being 127: their direction is what counts, and
 * it changes by less than half a degree. About 50 KB per minute of speech. The layout of FORMAT 1 must not change.
 */
export function packPartVoices(part: PartVoices): Uint8Array {
  const windowBytes = part.windows.length * PACKED_WINDOW_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + windowBytes + part.pieces.length * PACKED_PIECE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, FORMAT);
  view.setUint32(1, part.startMs, true);
  view.setUint32(5, part.endMs, true);
  view.setUint32(9, part.windows.length, true);
  let at = HEADER_BYTES;
  for (const { startMs, activity } of part.windows) {
    view.setUint32(at, startMs, true);
    for (let i = 0; i < WINDOW_VALUES; i += 2) {
      bytes[at + 4 + i / 2] = (activity[i] ?? 0) | ((activity[i + 1] ?? 0) << 4);
    }
    at += PACKED_WINDOW_BYTES;
  }
  for (const { startMs, endMs, window, local, isAlone, embedding } of part.pieces) {
    view.setUint32(at, startMs, true);
    view.setUint32(at + 4, endMs, true);
    view.setUint8(at + 8, window);
    view.setUint8(at + 9, isAlone ? local : local + OTHERS_TOO);
    const greatest = embedding.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
    embedding.forEach((value, i) => {
      view.setInt8(at + 10 + i, Math.round((value / greatest) * 127));
    });
    at += PACKED_PIECE_BYTES;
  }
  return bytes;
}

/** Reads what `packPartVoices` wrote; null if it is of another format or damaged, so that the part is heard again. */
export function unpackPartVoices(bytes: Uint8Array): PartVoices | null {
  if (bytes.length < HEADER_BYTES || bytes[0] !== FORMAT) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const windowCount = view.getUint32(9, true);
  const pieceBytes = bytes.length - HEADER_BYTES - windowCount * PACKED_WINDOW_BYTES;
  if (pieceBytes < 0 || pieceBytes % PACKED_PIECE_BYTES !== 0) return null;
  const windows: HeardWindow[] = [];
  let at = HEADER_BYTES;
  for (let w = 0; w < windowCount; w += 1) {
    const activity = new Uint8Array(WINDOW_VALUES);
    for (let i = 0; i < WINDOW_VALUES; i += 1) {
      const pair = bytes[at + 4 + (i >> 1)] ?? 0;
      activity[i] = i % 2 === 0 ? pair & 15 : pair >> 4;
    }
    windows.push({ startMs: view.getUint32(at, true), activity });
    at += PACKED_WINDOW_BYTES;
  }
  const pieces: HeardPiece[] = [];
  for (; at < bytes.length; at += PACKED_PIECE_BYTES) {
    const embedding = new Float32Array(EMBEDDING_SIZE);
    for (let i = 0; i < EMBEDDING_SIZE; i += 1) embedding[i] = view.getInt8(at + 10 + i);
    normalise(embedding);
    pieces.push({
      startMs: view.getUint32(at, true),
      endMs: view.getUint32(at + 4, true),
      window: view.getUint8(at + 8),
      local: view.getUint8(at + 9) % OTHERS_TOO,
      isAlone: view.getUint8(at + 9) < OTHERS_TOO,
      embedding,
    });
  }
  return { startMs: view.getUint32(1, true), endMs: view.getUint32(5, true), windows, pieces };
}
