import type { PlannedWindow, WindowPiece } from './window-packer.ts';

/** The side to which a time on a boundary belongs: starts to the piece after it, ends to the one before. */
export type Edge = 'start' | 'end';

/** The piece of a window that contains a window time; a time between two pieces belongs to the nearer. */
export function pieceAt(window: PlannedWindow, windowMs: number, edge: Edge = 'start'): WindowPiece {
  let found: WindowPiece | undefined;
  for (const piece of window.pieces) {
    if (found === undefined) {
      found = piece;
      continue;
    }
    const gapMiddleMs = (found.windowStartMs + found.durationMs + piece.windowStartMs) / 2;
    if (edge === 'start' ? windowMs < gapMiddleMs : windowMs <= gapMiddleMs) break;
    found = piece;
  }
  if (found === undefined) throw new Error('A window has at least one piece.');
  return found;
}

/** A window time in the recording's time, kept inside one piece. */
export function clampToPiece(piece: WindowPiece, windowMs: number): number {
  const intoMs = Math.max(0, Math.min(windowMs - piece.windowStartMs, piece.durationMs));
  return piece.recordingStartMs + intoMs;
}

/** A window time in the recording's time. Monotonic; times between two pieces go to the nearer one's edge. */
export function toRecordingMs(window: PlannedWindow, windowMs: number, edge: Edge = 'start'): number {
  return clampToPiece(pieceAt(window, windowMs, edge), windowMs);
}

/** A recording's time in window time, or null if the window has no audio of it. */
export function toWindowMs(window: PlannedWindow, recordingMs: number): number | null {
  for (const piece of window.pieces) {
    const intoMs = recordingMs - piece.recordingStartMs;
    if (intoMs >= 0 && intoMs < piece.durationMs) return piece.windowStartMs + intoMs;
  }
  return null;
}
