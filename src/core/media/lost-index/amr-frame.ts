import type { SearchBudget } from './search-budget.ts';

/** The two kinds of AMR, as in 3GP files and after the header of an AMR file. */
export type AmrKind = 'amrnb' | 'amrwb';

/** Bytes after the first of each frame, by its type; null if the type is not used (RFC 4867 §5.3, tables of 26.101 and 26.201). */
const SPEECH_BYTES: Readonly<Record<AmrKind, readonly (number | null)[]>> = {
  amrnb: [12, 13, 15, 17, 19, 20, 26, 31, 5, null, null, null, null, null, null, 0],
  amrwb: [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, null, null, null, null, 0, 0],
};

/** Length of the AMR frame that begins at `start`, 0 if none does or it is cut off. */
export function amrFrameBytes(bytes: Uint8Array, start: number, kind: AmrKind): number {
  const head = bytes[start];
  // Its padding bits are zero.
  if (head === undefined || (head & 0x83) !== 0) return 0;
  const speech = SPEECH_BYTES[kind][(head >> 3) & 15] ?? null;
  return speech === null || start + 1 + speech > bytes.length ? 0 : 1 + speech;
}

/** So many consecutive frames are no chance. */
const SURE_FRAMES = 10;

/** Frames without speech are shorter than this. */
const SPEECH_FRAME_BYTES = 7;

/** Whether consecutive frames begin at `start`, of which half at least contain speech. */
function framesFollow(bytes: Uint8Array, start: number, kind: AmrKind): boolean {
  let speech = 0;
  let at = start;
  for (let frame = 0; frame < 2 * SURE_FRAMES && speech < SURE_FRAMES; frame++) {
    const size = amrFrameBytes(bytes, at, kind);
    if (size === 0) return false;
    // Zeros look like frames too.
    if (size >= SPEECH_FRAME_BYTES && bytes.subarray(at, at + 4).some((byte) => byte !== 0)) speech += 1;
    at += size;
  }
  return speech >= SURE_FRAMES;
}

/** Whether these bytes begin with the frames of a recording, which may begin with silence. */
export function beginsWithAmr(bytes: Uint8Array, kind: AmrKind): boolean {
  let at = 0;
  for (;;) {
    const size = amrFrameBytes(bytes, at, kind);
    if (size === 0) return false;
    if (framesFollow(bytes, at, kind)) return true;
    at += size;
  }
}

/** The first position from `start` on of consecutive speech frames; null if there is none, or `patience` is used up before. */
export function findAmrFrames(
  bytes: Uint8Array,
  start: number,
  kind: AmrKind,
  patience: SearchBudget,
): number | null {
  for (let at = start; at < bytes.length && !patience.isOver; at++) {
    if (amrFrameBytes(bytes, at, kind) < SPEECH_FRAME_BYTES) continue;
    if (framesFollow(bytes, at, kind)) return at;
    patience.spend(SURE_FRAMES);
  }
  return null;
}
