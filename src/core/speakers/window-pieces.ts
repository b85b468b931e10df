import type { Span } from '../../contract/audio.ts';
import { ACTIVITY_FRAME_MS, frameMs } from './local-activity.ts';
import { aloneStretches, type LocalStretch, mixedStretches } from './local-stretches.ts';
import type { HeardWindow } from './part-voices.ts';

/** Longest piece. */
export const PIECE_MS = 1_500;

/** Pieces of a long stretch begin at most this far apart. */
const PIECE_STEP_MS = 600;

/** Shorter stretches have no voice that could be compared. */
const SHORTEST_MS = 400;

/** Shorter stretches in which several people talk are left out. */
const SHORTEST_MIXED_MS = 800;

/** Stretches begin and end differently in each window: so much before the middle, pieces may be missing. */
const REACH_MS = 1_000;

/** Pieces of the window before that may be the same. */
const RECENT = 8;

/** A stretch in which local speakers talk. */
export interface FoundPiece extends Span {
  /** Who talks, or one of those who talk. */
  readonly local: number;
  readonly isAlone: boolean;
}

/**
 * Pieces of the stretches of a window in which one speaker talks alone, and of those in which several do, in order; those
 * whose middles lie in `middle` or little before it, unless one was taken from the window before. Long stretches are
 * divided into overlapping pieces of equal length.
 */
export function piecesOfWindow(window: HeardWindow, middle: Span, taken: readonly Span[]): FoundPiece[] {
  return [...aloneStretches(window.activity), ...mixedStretches(window.activity)]
    .map((stretch) => ({ ...timesOf(window, stretch), isAlone: stretch.isAlone }))
    .flatMap(dividedStretch)
    .filter((piece) => middleOf(piece) < middle.endMs && middleOf(piece) >= middle.startMs - REACH_MS)
    .filter((piece) =>
      taken.slice(-RECENT).every((one) => Math.abs(middleOf(one) - middleOf(piece)) >= PIECE_STEP_MS / 2),
    )
    .sort((a, b) => a.startMs - b.startMs || a.local - b.local);
}

function middleOf({ startMs, endMs }: Span): number {
  return (startMs + endMs) / 2;
}

function timesOf({ startMs }: HeardWindow, { local, start, end }: LocalStretch) {
  const half = ACTIVITY_FRAME_MS / 2;
  return {
    startMs: Math.max(startMs, startMs + frameMs(start) - half),
    endMs: startMs + frameMs(end) - half,
    local,
  };
}

function dividedStretch({ startMs, endMs, local, isAlone }: FoundPiece): FoundPiece[] {
  const lengthMs = endMs - startMs;
  if (lengthMs < (isAlone ? SHORTEST_MS : SHORTEST_MIXED_MS)) return [];
  const pieceMs = Math.min(lengthMs, PIECE_MS);
  const steps = Math.ceil((lengthMs - pieceMs) / PIECE_STEP_MS);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const from = Math.round(startMs + (steps === 0 ? 0 : (i * (lengthMs - pieceMs)) / steps));
    return { startMs: from, endMs: from + Math.round(pieceMs), local, isAlone };
  });
}
